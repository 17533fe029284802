package io.tandem.gateway.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import reactor.netty.NettyPipeline;

/**
 * Keeps uploads from hanging that begin before the previous response is done.
 * <p>
 * Reactor Netty (1.3.7) queues what arrives while a response is being finished and drops
 * requests to read while 32 or more messages are queued. When it then hands them on, the
 * receiver of the body has asked for more already and never asks again: the rest of the
 * body stays in the socket for ever. Two small handlers around the one that queues notice
 * a dropped read and repeat it once a queued message has been handed on.
 */
public final class PipelinedReads extends ChannelDuplexHandler {

	private final PassedReads passed = new PassedReads();

	private boolean dropped;

	private PipelinedReads() {
	}

	/** Adds both to a connection that speaks HTTP/1.1. */
	public static void install(ChannelPipeline pipeline) {
		PipelinedReads reads = new PipelinedReads();
		pipeline.addBefore(NettyPipeline.HttpTrafficHandler, "tandem.passedReads", reads.passed);
		pipeline.addAfter(NettyPipeline.HttpTrafficHandler, "tandem.pipelinedReads", reads);
	}

	@Override
	public void read(ChannelHandlerContext context) {
		passed.any = false;
		context.read();
		dropped = !passed.any;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (dropped) {
			dropped = false;
			// After the task that hands on the queue.
			context.executor().execute(() -> readAgain(context.channel()));
		}
		context.fireChannelRead(message);
	}

	private static void readAgain(Channel channel) {
		if (channel.config().isAutoRead()) {
			channel.read();
		}
	}

	/**
	 * Sits in front of the handler that queues and sees the reads that it lets through.
	 */
	private static final class PassedReads extends ChannelOutboundHandlerAdapter {

		private boolean any;

		@Override
		public void read(ChannelHandlerContext context) {
			any = true;
			context.read();
		}

	}

}
