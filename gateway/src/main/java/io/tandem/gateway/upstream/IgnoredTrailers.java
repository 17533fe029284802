package io.tandem.gateway.upstream;

import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;

/**
 * The headers behind the body of an answer. They go no further, and most answers have
 * none, for which Netty would make a table all the same.
 */
final class IgnoredTrailers extends EmptyHttpHeaders {

	static final HttpHeadersFactory FACTORY = new HttpHeadersFactory() {

		private final HttpHeaders ignored = new IgnoredTrailers();

		@Override
		public HttpHeaders newHeaders() {
			return ignored;
		}

		@Override
		public HttpHeaders newEmptyHeaders() {
			return ignored;
		}

	};

	@Override
	public HttpHeaders add(CharSequence name, Object value) {
		return this;
	}

}
