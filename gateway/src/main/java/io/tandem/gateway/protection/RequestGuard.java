package io.tandem.gateway.protection;

import java.nio.channels.ClosedChannelException;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.tandem.gateway.trace.Traces;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the HTTP codec and everything else on a connection or an HTTP/2 stream.
 * Lets requests pass that keep the rules and answers the others itself, in their turn;
 * then nothing more passes.
 */
@SuppressWarnings("FutureReturnValueIgnored") // who writes hears of it by the promise
final class RequestGuard extends ChannelDuplexHandler {

	private final RequestRules rules;

	private final Admission admission;

	private final ResponseHeaders responseHeaders;

	private final Traces traces;

	private final Phases phases;

	/** Of HTTP/2. */
	private final boolean stream;

	/**
	 * Whether the answer must be without content, which the codec of HTTP/1.1 sees to.
	 */
	private boolean headOnly;

	/** Requests passed on whose responses have not ended. */
	private int unanswered;

	private long body;

	private boolean bodyEnded = true;

	private boolean responseBegun;

	private boolean refused;

	/** Waits for the responses to earlier requests. */
	private @Nullable FullHttpResponse waiting;

	/** Whether the last word has been said. */
	private boolean answered;

	private boolean disconnected;

	RequestGuard(RequestRules rules, Admission admission, Traces traces, Phases phases, boolean stream) {
		this.rules = rules;
		this.traces = traces;
		this.admission = admission;
		this.responseHeaders = admission.headers();
		this.phases = phases;
		this.stream = stream;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (refused) {
			ReferenceCountUtil.release(message);
			return;
		}
		if (message instanceof HttpRequest request) {
			if (stream) {
				Http2Leftovers.remove(request.headers());
				headOnly = HttpMethod.HEAD.equals(request.method());
			}
			FullHttpResponse refusal = admission.check(request, stream);
			if (refusal != null) {
				ReferenceCountUtil.release(message);
				refuse(context, refusal);
				return;
			}
			traces.ensure(request.headers());
			begin();
		}
		if (message instanceof HttpContent content && !isAcceptable(content)) {
			Refusal refusal = content.decoderResult().isFailure() ? Refusal.BAD_REQUEST : Refusal.BODY_TOO_LARGE;
			ReferenceCountUtil.release(message);
			refuseBody(context, refusal);
			return;
		}
		context.fireChannelRead(message);
	}

	private void begin() {
		unanswered++;
		body = 0;
		bodyEnded = false;
		phases.body();
	}

	private boolean isAcceptable(HttpContent content) {
		body += content.content().readableBytes();
		if (content instanceof LastHttpContent) {
			bodyEnded = true;
			phases.complete(unanswered);
		}
		return body <= rules.longestBody() && !content.decoderResult().isFailure();
	}

	private void refuse(ChannelHandlerContext context, FullHttpResponse response) {
		refused = true;
		if (unanswered == 0) {
			answer(context, response);
		}
		else {
			waiting = response;
		}
	}

	/** Ends a request whose first part has been passed on. */
	private void refuseBody(ChannelHandlerContext context, Refusal refusal) {
		refused = true;
		if (unanswered == 1 && !responseBegun) {
			answer(context, admission.response(refusal));
		}
		else {
			answered = true;
			context.close();
		}
		disconnect(context);
	}

	/**
	 * For everything behind, the connection ends here: whoever sends the body to an
	 * instance stops at once.
	 */
	private void disconnect(ChannelHandlerContext context) {
		if (!disconnected) {
			disconnected = true;
			context.fireChannelInactive();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		disconnect(context);
	}

	@Override
	public void close(ChannelHandlerContext context, ChannelPromise promise) {
		if (answered && context.channel().isActive()) {
			// It ends once the client has had time to read the answer.
			context.channel().closeFuture().addListener((closed) -> promise.trySuccess());
		}
		else {
			context.close(promise);
		}
	}

	private void answer(ChannelHandlerContext context, FullHttpResponse response) {
		answered = true;
		phases.over();
		responseHeaders.addTo(response.headers());
		RefusalWriter.writeAndClose(context, headOnly ? withoutContent(response) : response);
	}

	private static FullHttpResponse withoutContent(FullHttpResponse response) {
		FullHttpResponse head = response.replace(Unpooled.EMPTY_BUFFER);
		response.release();
		return head;
	}

	/** Called when the client takes too long. */
	void tooSlow(ChannelHandlerContext context, boolean begun) {
		if (answered) {
			context.close();
		}
		else if (begun && bodyEnded && unanswered == 0) {
			refused = true;
			answer(context, admission.response(Refusal.TOO_SLOW));
		}
		else if (begun) {
			refuseBody(context, Refusal.TOO_SLOW);
		}
		else {
			context.close();
		}
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (answered) {
			ReferenceCountUtil.release(message);
			promise.tryFailure(new ClosedChannelException());
			return;
		}
		if (message instanceof HttpResponse response) {
			if (response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
				responseBegun = true;
				responseHeaders.addTo(response.headers());
			}
		}
		boolean last = message instanceof LastHttpContent && responseBegun;
		context.write((headOnly && message instanceof FullHttpResponse full) ? withoutContent(full) : message, promise);
		if (last) {
			responseEnded(context);
		}
	}

	private void responseEnded(ChannelHandlerContext context) {
		responseBegun = false;
		unanswered--;
		if (unanswered == 0) {
			if (bodyEnded) {
				phases.idle();
			}
			FullHttpResponse next = waiting;
			if (next != null) {
				waiting = null;
				answer(context, next);
			}
		}
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		ReferenceCountUtil.release(waiting);
		waiting = null;
	}

}
