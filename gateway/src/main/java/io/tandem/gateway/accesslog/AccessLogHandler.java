package io.tandem.gateway.accesslog;

import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * Notes each request of a connection, or that of an HTTP/2 stream, at its end, whatever
 * the end was and whoever brought it about. Answers come in the order of the requests.
 */
final class AccessLogHandler extends ChannelDuplexHandler {

	private final AccessLog log;

	private final Function<HttpHeaders, InetAddress> client;

	private final Clock clock;

	private final LongSupplier nanoTime;

	private final Queue<LoggedRequest> unanswered = new ArrayDeque<>(2);

	/** The one whose answer has begun. */
	private @Nullable LoggedRequest answering;

	/** Whether a request was answered before its header was complete. */
	private boolean over;

	AccessLogHandler(AccessLog log, Function<HttpHeaders, InetAddress> client, Clock clock, LongSupplier nanoTime) {
		this.log = log;
		this.client = client;
		this.clock = clock;
		this.nanoTime = nanoTime;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		// At the end of the connection the codec passes on the half of a header.
		if (message instanceof HttpRequest request && !over) {
			unanswered.add(received(request, request.headers()));
		}
		context.fireChannelRead(message);
	}

	private LoggedRequest received(@Nullable HttpRequest request, HttpHeaders headers) {
		return new LoggedRequest(request, client.apply(headers), clock.instant(), nanoTime.getAsLong());
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // who writes hears of it by the promise
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof HttpResponse response
				&& response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
			begin(response);
		}
		LoggedRequest current = answering;
		if (current == null) {
			context.write(message, promise);
			return;
		}
		current.addBytes(size(message));
		if (message instanceof LastHttpContent) {
			answering = null;
			current.dispatch(context.channel().attr(AccessLog.DISPATCH).getAndSet(null));
			context.write(message, promise.unvoid().addListener((written) -> end(current, written.isSuccess())));
		}
		else {
			context.write(message, promise);
		}
	}

	/** A client that never completes a header is answered too. */
	private void begin(HttpResponse response) {
		LoggedRequest request = unanswered.poll();
		over |= request == null;
		answering = (request != null) ? request : received(null, new DefaultHttpHeaders());
		answering.answer(response);
	}

	private static int size(Object message) {
		return (message instanceof ByteBuf bytes) ? bytes.readableBytes()
				: (message instanceof ByteBufHolder holder) ? holder.content().readableBytes() : 0;
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		Channel channel = context.channel();
		LoggedRequest current = (answering != null) ? answering : unanswered.poll();
		if (current != null) {
			answering = null;
			current.dispatch(channel.attr(AccessLog.DISPATCH).getAndSet(null));
			boolean upgraded = channel.attr(AccessLog.UPGRADED).get() != null;
			if (upgraded) {
				current.answer(HttpResponseStatus.SWITCHING_PROTOCOLS);
			}
			end(current, upgraded);
		}
		for (LoggedRequest next = unanswered.poll(); next != null; next = unanswered.poll()) {
			end(next, false);
		}
		context.fireChannelInactive();
	}

	private void end(LoggedRequest request, boolean complete) {
		log.offer(request.end(nanoTime.getAsLong(), complete));
	}

}
