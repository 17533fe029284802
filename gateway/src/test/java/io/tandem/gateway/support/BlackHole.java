package io.tandem.gateway.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A port that drops every attempt to connect, like a machine that lost its power: a
 * listener that accepts nothing and whose queue is full.
 */
public final class BlackHole implements AutoCloseable {

	/** More than a queue of one holds. */
	private static final int FILL = 4;

	private final ServerSocket listener;

	private final List<SocketChannel> queue = new ArrayList<>();

	public BlackHole(int port) {
		try {
			InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
			listener = new ServerSocket();
			listener.setReuseAddress(true);
			listener.bind(address, 1);
			for (int i = 0; i < FILL; i++) {
				SocketChannel channel = SocketChannel.open();
				channel.configureBlocking(false);
				channel.connect(address);
				queue.add(channel);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			for (SocketChannel channel : queue) {
				channel.close();
			}
			listener.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
