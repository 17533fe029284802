package io.tandem.gateway.support;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Objects;

import javax.net.ssl.SSLContext;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;

/**
 * One connection to a gateway that sends exactly the bytes it is given. Unlike the JDK's
 * clients it never retries behind the test's back.
 */
public final class TestClient implements AutoCloseable {

	private final Socket socket;

	private final InputStream in;

	public TestClient(int port) throws IOException {
		this("127.0.0.1", port);
	}

	/** Connects from one of the addresses of this machine. */
	public TestClient(String address, int port) throws IOException {
		this(connect(address, port));
	}

	private TestClient(Socket socket) throws IOException {
		this.socket = socket;
		this.socket.setTcpNoDelay(true);
		this.socket.setSoTimeout(30_000);
		this.in = new BufferedInputStream(socket.getInputStream());
	}

	/** Connects over TLS and believes any certificate. */
	public static TestClient secure(int port) throws IOException {
		return new TestClient(
				trusting().getSocketFactory().createSocket(connect("127.0.0.1", port), "localhost", port, true));
	}

	/** Of a client that believes any certificate. */
	public static SSLContext trusting() {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@SuppressWarnings("AddressSelection") // no names
	private static Socket connect(String address, int port) throws IOException {
		Socket socket = new Socket();
		if (!address.equals("127.0.0.1")) {
			// Only then: bound to any port, it could be the one that it connects to.
			socket.bind(new InetSocketAddress(address, 0));
		}
		socket.connect(new InetSocketAddress("127.0.0.1", port));
		return socket;
	}

	public static TestMessage get(int port, String path) throws IOException {
		try (TestClient client = new TestClient(port)) {
			return client.exchange("GET " + path + " HTTP/1.1", "Host: tandem.test");
		}
	}

	/** How long an answer may take; 30 s if not set. */
	public void timeout(Duration timeout) throws IOException {
		socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
	}

	public TestMessage get(String path) throws IOException {
		return exchange("GET " + path + " HTTP/1.1", "Host: tandem.test");
	}

	/** Sends a body in chunks of 16 KiB. */
	public TestMessage postChunked(String path, int length, String... headers) throws IOException {
		writeChunked(path, length, headers);
		return read(true);
	}

	private void writeChunked(String path, int length, String... headers) throws IOException {
		StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: tandem.test\r\n");
		for (String header : headers) {
			head.append(header).append("\r\n");
		}
		write(head + "Transfer-Encoding: chunked\r\n\r\n");
		String chunk = "x".repeat(16 * 1024);
		StringBuilder chunks = new StringBuilder();
		for (int sent = 0; sent < length; sent += chunk.length()) {
			int size = Math.min(chunk.length(), length - sent);
			chunks.append(Integer.toHexString(size)).append("\r\n").append(chunk, 0, size).append("\r\n");
			if (chunks.length() > 512 * 1024) {
				write(chunks.toString());
				chunks.setLength(0);
			}
		}
		write(chunks.toString());
		write("0\r\n\r\n");
	}

	/** The same, reading the answer while the body is still being sent. */
	public TestMessage postChunkedInBackground(String path, int length) throws IOException {
		Thread.startVirtualThread(() -> {
			try {
				writeChunked(path, length);
			}
			catch (IOException ex) {
				// The gateway has answered and closed.
			}
		});
		return read(true);
	}

	/** Sends lines and an empty one, and reads the answer. */
	public TestMessage exchange(String... lines) throws IOException {
		write(String.join("\r\n", lines) + "\r\n\r\n");
		return read(!lines[0].startsWith("HEAD "));
	}

	/** Asks for a WebSocket. */
	public void upgrade(String path) throws IOException {
		write("""
				GET %s HTTP/1.1\r
				Host: tandem.test\r
				Connection: Upgrade\r
				Upgrade: websocket\r
				Sec-WebSocket-Version: 13\r
				Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
				\r
				""".formatted(path));
	}

	public void write(String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
		socket.getOutputStream().flush();
	}

	/** Sends each character as one byte. */
	public void writeBytes(String bytes) throws IOException {
		socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
		socket.getOutputStream().flush();
	}

	public TestMessage read(boolean withBody) throws IOException {
		TestMessage response = TestMessage.read(in, withBody);
		if (response == null) {
			throw new EOFException("The gateway closed the connection without an answer");
		}
		if (response.status() == 100) {
			return read(withBody);
		}
		return response;
	}

	/** Reads one head, whatever its status. */
	public TestMessage readInterim() throws IOException {
		return Objects.requireNonNull(TestMessage.read(in, false), "an answer");
	}

	public String readBodyOf(TestMessage head) throws IOException {
		return head.readBody(in);
	}

	/** Reads so many bytes of whatever comes. */
	public String read(int bytes) throws IOException {
		return new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1);
	}

	/**
	 * Whether the gateway ends the connection within the time-out, and sends nothing
	 * before.
	 */
	public boolean isClosedByGateway() {
		try {
			return in.read() == -1;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
		catch (IOException ex) {
			return true;
		}
	}

	/** Leaves without a word: the other side gets a reset. */
	public void abort() throws IOException {
		socket.setSoLinger(true, 0);
		socket.close();
	}

	@Override
	public void close() throws IOException {
		socket.close();
	}

}
