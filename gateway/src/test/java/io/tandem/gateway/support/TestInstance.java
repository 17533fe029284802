package io.tandem.gateway.support;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

/**
 * An instance with a public and a management port that does with each request what the
 * test says. Its main method runs one in a process of its own, to be killed for real.
 */
public final class TestInstance implements AutoCloseable {

	/**
	 * Answers 200 with the instance's name and echoes the head and the length of the
	 * body.
	 */
	public static final Behaviour ANSWER = (instance, request, in, out, socket) -> {
		String body = request.readBody(in);
		String text = request.start() + "\n" + String.join("\n", request.headers()) + "\n\n" + body.length();
		instance.served.add(new TestMessage(request.start(), request.headers(), body));
		String content = request.method().equals("HEAD") ? "" : text;
		respond(out, "HTTP/1.1 200 OK", List.of("X-Served-By: " + instance.id, "Content-Length: " + text.length()),
				content);
	};

	public static final Behaviour RESET_AFTER_READING = (instance, request, in, out, socket) -> {
		instance.served.add(new TestMessage(request.start(), request.headers(), request.readBody(in)));
		reset(socket);
	};

	public static final Behaviour RESET_AFTER_HEADERS = (instance, request, in, out, socket) -> {
		instance.served.add(request);
		respond(out, "HTTP/1.1 200 OK", List.of("Content-Length: 1000", "X-Half: yes"), "");
		Thread.sleep(100);
		reset(socket);
	};

	public static final Behaviour RESET_IN_BODY = (instance, request, in, out, socket) -> {
		instance.served.add(request);
		respond(out, "HTTP/1.1 200 OK", List.of("Content-Length: 1000"), "half");
		Thread.sleep(100);
		reset(socket);
	};

	public static final Behaviour GARBAGE = (instance, request, in, out, socket) -> {
		instance.served.add(new TestMessage(request.start(), request.headers(), request.readBody(in)));
		out.write("this is not HTTP at all\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		out.flush();
		Thread.sleep(100);
		socket.close();
	};

	/**
	 * Like a process that was stopped: connections succeed, bytes are taken, nothing
	 * comes back.
	 */
	public static final Behaviour SILENT = (instance, request, in, out, socket) -> {
		instance.served.add(request);
		Thread.sleep(60_000);
	};

	private final String id;

	private final int port;

	private final int managementPort;

	private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

	private final Queue<TestMessage> served = new ConcurrentLinkedQueue<>();

	private volatile Behaviour behaviour = ANSWER;

	private volatile Behaviour managementBehaviour = (instance, request, in, out, socket) -> respond(out,
			"HTTP/1.1 200 OK", List.of("Content-Length: 0"), "");

	private @Nullable ServerSocket server;

	private @Nullable ServerSocket management;

	private TestInstance(String id, int port, int managementPort) {
		this.id = id;
		this.port = port;
		this.managementPort = managementPort;
	}

	/** Starts an instance on free ports. */
	public static TestInstance start(String id) {
		TestInstance instance = new TestInstance(id, freePort(), freePort());
		instance.start();
		return instance;
	}

	/** Chooses the ports of an instance that runs in another process, or not at all. */
	public static TestInstance absent(String id) {
		return new TestInstance(id, freePort(), freePort());
	}

	public static void main(String[] arguments) {
		new TestInstance(arguments[0], Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2])).start();
	}

	public static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public void start() {
		server = listen(port, false);
		management = listen(managementPort, true);
	}

	public void stop() {
		try {
			Objects.requireNonNull(server, "not started").close();
			Objects.requireNonNull(management, "not started").close();
			for (Socket connection : connections) {
				reset(connection);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		if (server != null && !server.isClosed()) {
			stop();
		}
	}

	public String id() {
		return id;
	}

	public int port() {
		return port;
	}

	public int managementPort() {
		return managementPort;
	}

	public void behave(Behaviour behaviour) {
		this.behaviour = behaviour;
	}

	/** Answers health checks with this status from now on. */
	public void answerReadinessWith(int status) {
		managementBehaviour = (instance, request, in, out, socket) -> respond(out, "HTTP/1.1 " + status + " Whatever",
				List.of("Content-Length: 0"), "");
	}

	/** The requests received so far, in the order of their arrival. */
	public List<TestMessage> served() {
		return List.copyOf(served);
	}

	public int count() {
		return served.size();
	}

	private ServerSocket listen(int port, boolean isManagement) {
		try {
			ServerSocket socket = new ServerSocket();
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
			Thread.startVirtualThread(() -> accept(socket, isManagement));
			if (isManagement) {
				Thread.ofPlatform().daemon(false).start(() -> waitUntilClosed(socket));
			}
			return socket;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void waitUntilClosed(ServerSocket socket) {
		while (!socket.isClosed()) {
			try {
				Thread.sleep(100);
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

	private void accept(ServerSocket socket, boolean isManagement) {
		while (!socket.isClosed()) {
			try {
				Socket connection = socket.accept();
				connection.setTcpNoDelay(true);
				Thread.startVirtualThread(() -> serve(connection, isManagement));
			}
			catch (IOException ex) {
				// Closed.
			}
		}
	}

	private void serve(Socket connection, boolean isManagement) {
		connections.add(connection);
		try (connection) {
			InputStream in = new BufferedInputStream(connection.getInputStream());
			OutputStream out = connection.getOutputStream();
			for (TestMessage request = TestMessage.read(in, false); request != null
					&& !connection.isClosed(); request = TestMessage.read(in, false)) {
				(isManagement ? managementBehaviour : behaviour).handle(this, request, in, out, connection);
			}
		}
		catch (IOException | InterruptedException ex) {
			// The other side is gone.
		}
		finally {
			connections.remove(connection);
		}
	}

	static void respond(OutputStream out, String status, List<String> headers, String body) throws IOException {
		String response = status + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n" + body;
		out.write(response.getBytes(StandardCharsets.UTF_8));
		out.flush();
	}

	private static void reset(Socket connection) throws IOException {
		if (!connection.isClosed()) {
			connection.setSoLinger(true, 0);
			connection.close();
		}
	}

	/** What an instance does with a request whose head has been read. */
	@FunctionalInterface
	public interface Behaviour {

		void handle(TestInstance instance, TestMessage request, InputStream in, OutputStream out, Socket connection)
				throws IOException, InterruptedException;

	}

}
