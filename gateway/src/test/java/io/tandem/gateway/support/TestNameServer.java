package io.tandem.gateway.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A name server for one name, with addresses that change while it runs. Its answers may
 * be kept for five minutes, which nobody must do.
 */
public final class TestNameServer implements AutoCloseable {

	private static final int A = 1;

	private static final int TTL_SECONDS = 300;

	private final DatagramSocket socket;

	private final String name;

	private final AtomicInteger asked = new AtomicInteger();

	private volatile List<String> addresses = List.of();

	private TestNameServer(String name) {
		this.name = name;
		try {
			this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Thread.ofPlatform().daemon().start(this::serve);
	}

	public static TestNameServer of(String name) {
		return new TestNameServer(name);
	}

	/** What the name stands for from now on; nothing for a name that does not exist. */
	public void answer(String... addresses) {
		this.addresses = List.of(addresses);
	}

	/** {@code host:port}. */
	public String address() {
		return "127.0.0.1:" + socket.getLocalPort();
	}

	/** How often the name was asked for. */
	public int asked() {
		return asked.get();
	}

	private void serve() {
		byte[] buffer = new byte[512];
		while (!socket.isClosed()) {
			try {
				DatagramPacket question = new DatagramPacket(buffer, buffer.length);
				socket.receive(question);
				byte[] answer = answer(Arrays.copyOf(buffer, question.getLength()));
				socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
			}
			catch (IOException ex) {
				// Closed.
			}
		}
	}

	/** Header, the question as it came, and the addresses (RFC 1035, section 4). */
	private byte[] answer(byte[] packet) {
		ByteBuffer question = ByteBuffer.wrap(packet);
		short id = question.getShort(0);
		question.position(12);
		StringBuilder labels = new StringBuilder();
		for (int length = question.get(); length > 0; length = question.get()) {
			labels.append(labels.isEmpty() ? "" : ".");
			for (int i = 0; i < length; i++) {
				labels.append((char) question.get());
			}
		}
		int type = question.getShort();
		int end = question.position() + 2;
		List<String> known = labels.toString().equals(name) ? addresses : List.of();
		List<String> all = (type == A) ? known : List.of();
		asked.incrementAndGet();
		ByteBuffer answer = ByteBuffer.allocate(end + 16 * all.size());
		answer.putShort(id).putShort((short) (known.isEmpty() ? 0x8183 : 0x8180));
		answer.putShort((short) 1).putShort((short) all.size()).putInt(0);
		answer.put(packet, 12, end - 12);
		for (String address : all) {
			answer.putShort((short) 0xc00c).putShort((short) A).putShort((short) 1).putInt(TTL_SECONDS);
			answer.putShort((short) 4).put(InetAddress.ofLiteral(address).getAddress());
		}
		return answer.array();
	}

	@Override
	public void close() {
		socket.close();
	}

}
