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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * An instance with a public and a management port that does with each request what the
 * test says. Its main method runs one in a process of its own, to be killed for real.
 */
public final class TestInstance implements AutoCloseable {

	private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

	/**
	 * Answers 200 with the instance's name and echoes the head and the length of the
	 * body.
	 */
	public static final Behaviour ANSWER = (instance, request, in, out, socket) -> {
		String body = request.readBody(in);
		String text = request.start() + "\n" + String.join("\n", request.headers()) + "\n\n" + body.length();
		instance.served.add(new TestMessage(request.start(), request.headers(), body));
		String content = request.method().equals("HEAD") ? "" : text;
		respond(out, "HTTP/1.1 200 OK", List.of("X-Served-By: " + instance.id,
				"Content-Length: " + text.getBytes(StandardCharsets.UTF_8).length), content);
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

	public static final Behaviour RESET_IN_CHUNKS = (instance, request, in, out, socket) -> {
		instance.served.add(request);
		respond(out, "HTTP/1.1 200 OK", List.of("Transfer-Encoding: chunked"), "4\r\nhalf\r\n");
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

	private final InetAddress address;

	private final String id;

	private final int port;

	private final int managementPort;

	private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

	private final List<Thread> acceptors = new ArrayList<>();

	private final Queue<TestMessage> served = new ConcurrentLinkedQueue<>();

	private volatile Behaviour behaviour = ANSWER;

	private volatile int readiness = 200;

	private volatile List<String> readinessHeaders = List.of();

	private @Nullable ServerSocket server;

	private @Nullable ServerSocket management;

	private TestInstance(String id, int port, int managementPort) {
		this(InetAddress.getLoopbackAddress(), id, port, managementPort);
	}

	private TestInstance(InetAddress address, String id, int port, int managementPort) {
		this.address = address;
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

	/** Starts an instance at another of the loopback addresses, as a pod has its own. */
	public static TestInstance startAt(String address, int port, int managementPort) {
		TestInstance instance = new TestInstance(InetAddress.ofLiteral(address), "web-app-" + address, port,
				managementPort);
		instance.start();
		return instance;
	}

	/** Chooses the ports of an instance that runs in another process, or not at all. */
	public static TestInstance absent(String id) {
		return new TestInstance(id, freePort(), freePort());
	}

	/** Arguments: name, two ports, and perhaps a file that gets the line of each POST. */
	public static void main(String[] arguments) {
		TestInstance instance = new TestInstance(arguments[0], Integer.parseInt(arguments[1]),
				Integer.parseInt(arguments[2]));
		if (arguments.length > 3) {
			Path journal = Path.of(arguments[3]);
			instance.behave((self, request, in, out, socket) -> {
				if (request.method().equals("POST")) {
					Files.writeString(journal, request.target() + "\n", StandardOpenOption.CREATE,
							StandardOpenOption.APPEND);
				}
				ANSWER.handle(self, request, in, out, socket);
				self.forget();
			});
		}
		instance.start();
	}

	/**
	 * Below the ports that Linux gives to outgoing connections: one of these could take
	 * the port of an instance while it is down. Each is given once, for nobody may listen
	 * there yet when the next is asked for.
	 */
	public static int freePort() {
		while (true) {
			int port = ThreadLocalRandom.current().nextInt(12_000, 32_000);
			if (!GIVEN.add(port)) {
				continue;
			}
			try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				return socket.getLocalPort();
			}
			catch (IOException ex) {
				// In use: try another one.
			}
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
			// Until its thread is gone, the listener can still accept a connection.
			for (Thread acceptor : acceptors) {
				acceptor.join();
			}
			acceptors.clear();
			for (Socket connection : connections) {
				reset(connection);
			}
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
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

	/** Answers health checks with this status and these headers from now on. */
	public void answerReadinessWith(int status, String... headers) {
		readinessHeaders = List.of(headers);
		readiness = status;
	}

	/** Makes it what it was when it started, running and with nothing served. */
	public void heal() {
		if (server == null || server.isClosed()) {
			start();
		}
		behaviour = ANSWER;
		answerReadinessWith(200);
		served.clear();
	}

	/** The requests received so far, in the order of their arrival. */
	public List<TestMessage> served() {
		return List.copyOf(served);
	}

	/** Adds a request to those served, for behaviours that are lambdas of a test. */
	public void note(TestMessage request) {
		served.add(request);
	}

	/** For tests that send more than memory holds. */
	public void forget() {
		served.clear();
	}

	public int count() {
		return served.size();
	}

	private ServerSocket listen(int port, boolean isManagement) {
		try {
			ServerSocket socket = new ServerSocket();
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(address, port), 1024);
			acceptors.add(Thread.ofPlatform().start(() -> accept(socket, isManagement)));
			return socket;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
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
				if (isManagement) {
					List<String> headers = new ArrayList<>(readinessHeaders);
					headers.add("Content-Length: 0");
					respond(out, "HTTP/1.1 " + readiness + " Status", headers, "");
				}
				else {
					behaviour.handle(this, request, in, out, connection);
				}
			}
		}
		catch (IOException | InterruptedException ex) {
			// The other side is gone.
		}
		finally {
			connections.remove(connection);
		}
	}

	public static void respond(OutputStream out, String status, List<String> headers, String body) throws IOException {
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
