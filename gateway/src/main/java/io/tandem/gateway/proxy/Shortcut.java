package io.tandem.gateway.proxy;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.tandem.gateway.protection.InnerHandler;
import org.jspecify.annotations.Nullable;

/**
 * The shortest way of a request, past Reactor Netty: a GET without a body that asks for
 * nothing special of the connection, while nothing else is under way on it. Everything
 * else goes on to Reactor Netty, which knows nothing of what was answered here.
 */
final class Shortcut extends ChannelDuplexHandler implements InnerHandler {

	private final Forwarder forwarder;

	private final Problems problems;

	private final BooleanSupplier open;

	private final String scheme;

	private @Nullable Peer peer;

	/** What has come behind a request that is under way here. */
	private final Queue<Object> later = new ArrayDeque<>(0);

	private volatile @Nullable ShortcutClient client;

	/** Whether the end of a request that is answered here has still to come. */
	private boolean endExpected;

	/** Requests passed on whose answers have not ended. */
	private int passedOn;

	private boolean answerBegun;

	/** Whether an answer has told the client that the connection ends. */
	private boolean last;

	private boolean catchingUp;

	/**
	 * Creates the handler of one connection.
	 * @param open asked for each request
	 */
	Shortcut(Forwarder forwarder, Problems problems, BooleanSupplier open, boolean secure) {
		this.forwarder = forwarder;
		this.problems = problems;
		this.open = open;
		this.scheme = secure ? "https" : "http";
	}

	@Override
	public boolean isBusy() {
		return client != null;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (endExpected) {
			end(context, message);
		}
		else if (client != null || catchingUp) {
			later.add(message);
			// Reactor Netty may have left it on.
			context.channel().config().setAutoRead(false);
		}
		else {
			accept(context, message);
		}
	}

	/**
	 * Reads on at once, as far as the next request: switching that off for the time of an
	 * answer costs two system calls.
	 */
	private void end(ChannelHandlerContext context, Object message) {
		ReferenceCountUtil.release(message);
		endExpected = !(message instanceof LastHttpContent);
		if (!endExpected && later.isEmpty()) {
			context.read();
		}
	}

	private void accept(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest request) {
			if (isPlain(request)) {
				endExpected = true;
				forward(context, request);
				return;
			}
			passedOn++;
		}
		context.fireChannelRead(message);
	}

	private boolean isPlain(HttpRequest request) {
		return passedOn == 0 && !last && HttpMethod.GET.equals(request.method())
				&& HttpVersion.HTTP_1_1.equals(request.protocolVersion()) && HttpUtil.isKeepAlive(request)
				&& !request.headers().contains(HttpHeaderNames.UPGRADE)
				&& !request.headers().contains(HttpHeaderNames.EXPECT) && NettyClient.isBodyless(request.headers())
				&& open.getAsBoolean();
	}

	private void forward(ChannelHandlerContext context, HttpRequest request) {
		Peer from = peer;
		if (from == null) {
			from = new Peer((InetSocketAddress) context.channel().remoteAddress(), scheme);
			peer = from;
		}
		ShortcutClient next = new ShortcutClient(this, context, request, from);
		client = next;
		try {
			forwarder.forward(next).subscribe(next);
		}
		catch (RuntimeException ex) {
			next.onError(ex);
		}
	}

	/** The answer, or a refusal, has been written. */
	void answered(ChannelHandlerContext context) {
		client = null;
		if (!catchingUp) {
			catchUp(context);
		}
	}

	private void catchUp(ChannelHandlerContext context) {
		if (later.isEmpty()) {
			return;
		}
		catchingUp = true;
		while (client == null && !later.isEmpty()) {
			Object message = later.remove();
			if (endExpected) {
				end(context, message);
			}
			else {
				accept(context, message);
			}
		}
		catchingUp = false;
		context.fireChannelReadComplete();
	}

	Problems problems() {
		return problems;
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // who writes hears of it by the promise
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof HttpResponse response
				&& response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
			answerBegun = true;
			last |= !HttpUtil.isKeepAlive(response);
		}
		if (message instanceof LastHttpContent && answerBegun) {
			answerBegun = false;
			passedOn--;
		}
		context.write(message, promise);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		discard();
		context.fireChannelInactive();
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // it is gone either way
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (client != null) {
			context.close();
		}
		else {
			context.fireExceptionCaught(cause);
		}
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		discard();
	}

	private void discard() {
		ShortcutClient current = client;
		client = null;
		last = true;
		if (current != null) {
			current.gone();
		}
		later.forEach(ReferenceCountUtil::release);
		later.clear();
	}

}
