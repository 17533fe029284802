package io.tandem.gateway.accesslog;

import java.net.InetAddress;
import java.time.Instant;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.tandem.gateway.balance.Dispatch;
import io.tandem.gateway.trace.Traces;
import org.jspecify.annotations.Nullable;

/**
 * A request under way, for the one event loop that it is on.
 */
final class LoggedRequest {

	/** What Netty's codec makes up for a first line that it cannot read. */
	private static final String UNREADABLE = "/bad-request";

	private final @Nullable HttpRequest request;

	private final InetAddress client;

	private final Instant received;

	private final long begin;

	private int status;

	private @Nullable String reason;

	private long bytes;

	private @Nullable Dispatch dispatch;

	/**
	 * Creates a request.
	 * @param request null if it never got so far as to be one
	 * @param begin in nanoseconds
	 */
	LoggedRequest(@Nullable HttpRequest request, InetAddress client, Instant received, long begin) {
		this.request = isReadable(request) ? request : null;
		this.client = client;
		this.received = received;
		this.begin = begin;
	}

	private static boolean isReadable(@Nullable HttpRequest request) {
		return request != null && !(request.decoderResult().isFailure() && request.uri().equals(UNREADABLE));
	}

	void answer(HttpResponse response) {
		answer(response.status());
		reason = response.headers().get("X-Gateway-Error");
	}

	void answer(HttpResponseStatus answered) {
		status = answered.code();
	}

	void addBytes(int more) {
		bytes += more;
	}

	void dispatch(@Nullable Dispatch way) {
		dispatch = way;
	}

	AccessEntry end(long now, boolean complete) {
		HttpHeaders headers = (request != null) ? request.headers() : null;
		return new AccessEntry(received, client, (request != null) ? request.method().name() : null,
				(request != null) ? request.uri() : null, header(headers, HttpHeaderNames.HOST),
				header(headers, HttpHeaderNames.USER_AGENT), status, reason, bytes, now - begin, complete, dispatch,
				(headers != null) ? Traces.of(headers) : null);
	}

	private static @Nullable String header(@Nullable HttpHeaders headers, CharSequence name) {
		return (headers != null) ? headers.get(name) : null;
	}

}
