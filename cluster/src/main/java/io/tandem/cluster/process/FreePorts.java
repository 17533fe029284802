package io.tandem.cluster.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Ports on loopback that nobody listens on.
 */
public final class FreePorts {

	private static final int FIRST = 12_000;

	/** Linux gives those above to outgoing connections, also while a node is down. */
	private static final int END = 32_000;

	private FreePorts() {
	}

	/**
	 * Gives ports that are free now and, most likely, still are when a node restarts.
	 * @param count how many, all different
	 */
	public static List<Integer> several(int count) {
		return IntStream.generate(FreePorts::draw).filter(FreePorts::isFree).distinct().limit(count).boxed().toList();
	}

	private static int draw() {
		return ThreadLocalRandom.current().nextInt(FIRST, END);
	}

	/** Whether nobody listens on a port, not even one who shares it. */
	public static boolean isFree(int port) {
		// A plain bind, without SO_REUSEPORT: it fails even where a gateway's would not.
		try (ServerSocket socket = new ServerSocket()) {
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
