package io.tandem.gateway.proxy;

import java.util.Objects;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * One end of a tunnel: writes to the other end what it reads, as fast as that takes it.
 */
final class TunnelEnd extends ChannelInboundHandlerAdapter {

	private @Nullable ChannelHandlerContext own;

	private @Nullable TunnelEnd other;

	/** Makes two ends one tunnel. */
	void connect(TunnelEnd end) {
		other = end;
		end.other = this;
	}

	ChannelHandlerContext own() {
		return Objects.requireNonNull(own, "in a pipeline");
	}

	private ChannelHandlerContext other() {
		return Objects.requireNonNull(other, "connected").own();
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		own = context;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof ByteBuf bytes) {
			var _ = other().write(bytes, other().voidPromise());
		}
		else {
			// The rest of the handshake.
			ReferenceCountUtil.release(message);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		other().flush();
		if (!other().channel().isWritable()) {
			context.channel().config().setAutoRead(false);
		}
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		other().channel().config().setAutoRead(context.channel().isWritable());
		context.fireChannelWritabilityChanged();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		if (other().channel().isActive()) {
			other().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
		}
		context.fireChannelInactive();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof IdleStateEvent) {
			var _ = context.close();
		}
		else {
			context.fireUserEventTriggered(event);
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		var _ = context.close();
	}

}
