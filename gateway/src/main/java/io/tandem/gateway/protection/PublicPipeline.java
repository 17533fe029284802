package io.tandem.gateway.protection;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.AttributeKey;
import io.tandem.gateway.accesslog.AccessLog;
import io.tandem.gateway.firewall.Firewall;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Puts the guards into the pipelines of public connections, or ends these at once.
 */
final class PublicPipeline {

	private static final String GUARD = "tandem.guard";

	private static final String INNER = "tandem.inner";

	private static final String WATCH = "tandem.watch";

	private static final String LOG = "tandem.log";

	private static final AttributeKey<Admission> ADMISSION = AttributeKey.valueOf("tandem.admission");

	/**
	 * Bytes that the kernel takes beyond what is on its way. With the megabytes that it
	 * would take, minutes pass before a slow reader is seen to have read something.
	 */
	private static final int UNSENT = 32 * 1024;

	/**
	 * The option of that name in Linux. Netty has it for epoll and for io_uring apart;
	 * this one is for both.
	 */
	private static final IntegerUnixChannelOption TCP_NOTSENT_LOWAT = new IntegerUnixChannelOption("TCP_NOTSENT_LOWAT",
			6, 25);

	private final Edge edge;

	PublicPipeline(Edge edge) {
		this.edge = edge;
	}

	HttpServer customize(HttpServer server) {
		HttpServer guarded = server.doOnChannelInit((observer, channel, address) -> accept(channel))
			.childObserve(this::guardStream)
			.http2Settings((settings) -> settings.maxHeaderListSize(edge.rules().largestHeaderList()));
		if (Epoll.isAvailable()) {
			guarded = guarded.childOption(TCP_NOTSENT_LOWAT, UNSENT);
		}
		return edge.trustedProxies().isEmpty() ? guarded : guarded.forwarded(edge.trustedProxies()::apply);
	}

	private void accept(Channel channel) {
		if (!(channel.remoteAddress() instanceof InetSocketAddress address)) {
			// It was closed in the meantime.
			drop(channel);
			return;
		}
		InetAddress peer = address.getAddress();
		Firewall.Pass pass = edge.firewall().admit(peer);
		if (pass == null) {
			edge.refusals().count(Refusals.FIREWALL);
			drop(channel);
			return;
		}
		ClientRecord client = edge.clients().connect(peer);
		if (client == null) {
			edge.refusals().count(Refusals.CONNECTIONS);
			drop(channel);
			return;
		}
		channel.closeFuture().addListener((closed) -> edge.clients().disconnect(client));
		ChannelPipeline pipeline = channel.pipeline();
		Admission admission = new Admission(edge, peer, pass, client, pipeline.get(NettyPipeline.SslHandler) != null);
		if (pipeline.get(NettyPipeline.H2OrHttp11Codec) != null) {
			channel.attr(ADMISSION).set(admission);
			pipeline.addBefore(NettyPipeline.ReactiveBridge, "tandem.negotiation", new Negotiation(admission));
		}
		else {
			guardHttp1(pipeline, admission);
		}
	}

	/** Without a word, and without keeping the address in TIME_WAIT. */
	private static void drop(Channel channel) {
		channel.config().setOption(ChannelOption.SO_LINGER, 0);
		channel.unsafe().close(channel.newPromise());
	}

	private void guardHttp1(ChannelPipeline pipeline, Admission admission) {
		UnreadResponse unread = UnreadResponse.ofConnection(edge.timeLimits());
		SlowClientWatch watch = new SlowClientWatch(edge.timeLimits(), unread, (begun) -> cut(pipeline, begun));
		pipeline.addBefore(NettyPipeline.HttpCodec, WATCH, watch);
		pipeline.addAfter(NettyPipeline.HttpCodec, GUARD, guard(pipeline, admission, watch));
		// What a trusted proxy says of its clients is Reactor Netty's to know.
		if (edge.trustedProxies().isEmpty()) {
			pipeline.addAfter(GUARD, INNER, edge.inner().newHandler(admission.isSecure()));
		}
		log(pipeline, admission);
	}

	private RequestGuard guard(ChannelPipeline pipeline, Admission admission, Phases phases) {
		boolean stream = pipeline.channel() instanceof Http2StreamChannel;
		return new RequestGuard(edge.rules(), admission, edge.traces(), phases, stream);
	}

	/** In front of the guard, so that it also sees what that refuses. */
	private void log(ChannelPipeline pipeline, Admission admission) {
		AccessLog accessLog = edge.accessLog();
		if (accessLog != null) {
			pipeline.addBefore(GUARD, LOG, accessLog.handler(admission::client));
		}
	}

	private static void cut(ChannelPipeline pipeline, boolean begun) {
		ChannelHandlerContext context = pipeline.context(GUARD);
		if (context != null) {
			((RequestGuard) context.handler()).tooSlow(context, begun);
		}
	}

	private void guardHttp2(ChannelPipeline pipeline) {
		Http2FrameCodec codec = pipeline.get(Http2FrameCodec.class);
		pipeline.addBefore(NettyPipeline.HttpCodec, WATCH, new Http2ConnectionWatch(edge.timeLimits(), codec));
	}

	/**
	 * A stream has no place in front of Reactor Netty's handler before the first request
	 * has passed there, but one right behind it.
	 */
	private void guardStream(Connection connection, ConnectionObserver.State state) {
		if (ConnectionObserver.State.CONFIGURED.equals(state)
				&& connection.channel() instanceof Http2StreamChannel stream) {
			Admission admission = stream.parent().attr(ADMISSION).get();
			ChannelPipeline pipeline = stream.pipeline();
			UnreadResponse unread = UnreadResponse.ofStream(edge.timeLimits());
			SlowClientWatch watch = new SlowClientWatch(edge.timeLimits(), unread, (begun) -> cut(pipeline, begun));
			pipeline.addAfter(NettyPipeline.HttpTrafficHandler, GUARD, guard(pipeline, admission, watch));
			pipeline.addBefore(GUARD, WATCH, watch);
			log(pipeline, admission);
		}
	}

	/** Waits until client and gateway have agreed on a version of HTTP. */
	private final class Negotiation extends ChannelInboundHandlerAdapter {

		private final Admission admission;

		Negotiation(Admission admission) {
			this.admission = admission;
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext context, Object event) {
			if (event instanceof SslHandshakeCompletionEvent completion && completion.isSuccess()) {
				ChannelPipeline pipeline = context.pipeline();
				if (pipeline.get(Http2FrameCodec.class) != null) {
					guardHttp2(pipeline);
				}
				else {
					guardHttp1(pipeline, admission);
				}
				pipeline.remove(this);
			}
			context.fireUserEventTriggered(event);
		}

	}

}
