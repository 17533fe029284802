package io.tandem.gateway.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.tandem.gateway.balance.Dispatch;
import io.tandem.gateway.protection.RawTarget;
import org.jspecify.annotations.Nullable;

/**
 * A client of whose request nobody has made anything but what Netty decodes.
 */
abstract class NettyClient extends Client {

	private final String uri;

	private final HttpHeaders headers;

	private @Nullable Dispatch sticky;

	NettyClient(Channel channel, HttpMethod method, String uri, HttpHeaders headers, boolean bodyless,
			boolean upgrade) {
		super(channel, method, bodyless, upgrade);
		this.uri = uri;
		this.headers = headers;
	}

	static boolean isBodyless(HttpHeaders headers) {
		String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
		// A number: it was checked.
		return (length == null || length.equals("0")) && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
	}

	@Override
	final String path() {
		int query = uri.indexOf('?');
		return (query != -1) ? uri.substring(0, query) : uri;
	}

	@Override
	final String target() {
		return RawTarget.of(headers, uri);
	}

	@Override
	final @Nullable String header(String name) {
		return headers.get(name);
	}

	@Override
	final void addHeadersTo(UpstreamHead head) {
		head.add(headers);
	}

	@Override
	final void dispatched(Dispatch dispatch, boolean sticky) {
		this.sticky = sticky ? dispatch : null;
	}

	/** Sets the headers of an answer with a problem and gives its body. */
	static ByteBuf describe(Problem problem, Problems problems, HttpHeaders headers) {
		byte[] body = problems.body(problem);
		problems.headers(problem).forEach(headers::set);
		headers.setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
		return Unpooled.wrappedBuffer(body);
	}

	/** Adds the cookie that brings the client back, if it is to get one. */
	final void addStickyCookieTo(HttpHeaders answer) {
		String token = (sticky != null) ? sticky.newStickyToken() : null;
		if (token != null) {
			answer.add(HttpHeaderNames.SET_COOKIE, StickyCookie.of(token, "https".equals(scheme())).toString());
		}
	}

}
