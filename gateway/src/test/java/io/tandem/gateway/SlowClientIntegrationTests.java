package io.tandem.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import io.tandem.gateway.support.TestMessage;
import io.tandem.gateway.support.Traffic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients that take their time. The gateway of these tests loses patience ten times
 * sooner than by default.
 */
class SlowClientIntegrationTests {

	private static final TestInstance instance = TestInstance.start("web-app-1");

	private static final TestGateway gateway = TestGateway.over(List.of(instance),
			"tandem.gateway.limits.header-timeout=1s", "tandem.gateway.limits.idle-timeout=1500ms",
			"tandem.gateway.limits.stall-timeout=1s", "tandem.gateway.limits.minimum-rate=1KB",
			"tandem.gateway.limits.body=1MB");

	/** Twice the limit of a busy machine. */
	private static final Duration SOON = Duration.ofSeconds(6);

	@BeforeEach
	void isInRotation() {
		instance.heal();
		gateway.awaitInRotation(1);
	}

	@AfterAll
	static void stop() {
		gateway.close();
		instance.close();
	}

	@Test
	void headerThatDripsIsCut() throws Exception {
		try (TestClient client = new TestClient(gateway.port())) {
			client.write("GET / HTTP/1.1\r\nHost: tandem.test\r\n");
			long start = System.nanoTime();
			String end = drip(client, "X-Drip: 1\r\n");
			assertThat(end).startsWith("HTTP/1.1 408 ").contains("\"too-slow\"");
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(900), SOON);
		}
		assertThat(instance.served()).isEmpty();
	}

	@Test
	void headerOfALaterRequestThatDripsIsCut() throws Exception {
		try (TestClient client = new TestClient(gateway.port())) {
			assertThat(client.get("/").status()).isEqualTo(200);
			client.write("GET / HTTP/1.1\r\nHost: tandem.test\r\n");
			assertThat(drip(client, "X-Drip: 1\r\n")).startsWith("HTTP/1.1 408 ");
		}
	}

	@Test
	void connectionThatSendsNothingIsClosed() throws Exception {
		try (TestClient client = new TestClient(gateway.port())) {
			client.timeout(SOON);
			assertThat(client.isClosedByGateway()).isTrue();
		}
	}

	@Test
	void idleConnectionIsClosedButNotAtOnce() throws Exception {
		try (TestClient client = new TestClient(gateway.port())) {
			assertThat(client.get("/").status()).isEqualTo(200);
			client.timeout(Duration.ofSeconds(1));
			assertThat(client.isClosedByGateway()).isFalse();
			client.timeout(SOON);
			assertThat(client.isClosedByGateway()).isTrue();
		}
	}

	@Test
	void bodyThatDripsIsCutAndTheInstanceLearnsOfIt() throws Exception {
		CountDownLatch ended = new CountDownLatch(1);
		instance.behave((served, request, in, out, socket) -> {
			served.note(request);
			try {
				in.transferTo(OutputStream.nullOutputStream());
			}
			finally {
				ended.countDown();
			}
		});
		try (TestClient client = new TestClient(gateway.port())) {
			client.write("POST / HTTP/1.1\r\nHost: tandem.test\r\nContent-Length: 100000\r\n\r\n");
			assertThat(drip(client, "x")).startsWith("HTTP/1.1 408 ");
			assertThat(ended.await(SOON.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
		}
	}

	@Test
	void slowButHonestUploadWorks() throws Exception {
		try (TestClient client = new TestClient(gateway.port())) {
			client.write("POST / HTTP/1.1\r\nHost: tandem.test\r\nContent-Length: 9000\r\n\r\n");
			for (int i = 0; i < 15; i++) {
				client.write("x".repeat(600));
				TimeUnit.MILLISECONDS.sleep(200);
			}
			assertThat(client.read(true).status()).isEqualTo(200);
		}
		assertThat(instance.served().getLast().body()).hasSize(9000);
	}

	@Test
	void instanceThatIsSlowToReadCostsTheClientNothing() throws Exception {
		instance.behave((served, request, in, out, socket) -> {
			TimeUnit.SECONDS.sleep(4);
			TestInstance.ANSWER.handle(served, request, in, out, socket);
		});
		try (TestClient client = new TestClient(gateway.port())) {
			assertThat(client.postChunked("/", 900_000).status()).isEqualTo(200);
		}
	}

	@Test
	void responseThatNobodyReadsIsCutAndTheInstanceLearnsOfIt() throws Exception {
		CountDownLatch ended = new CountDownLatch(1);
		instance.behave((served, request, in, out, socket) -> {
			try {
				endless(out);
			}
			finally {
				ended.countDown();
			}
		});
		try (Socket socket = new Socket()) {
			socket.setReceiveBufferSize(4096);
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
			socket.getOutputStream()
				.write("GET / HTTP/1.1\r\nHost: tandem.test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void responseThatIsReadSlowlyButSteadilyArrives() throws Exception {
		instance.behave((served, request, in, out, socket) -> TestInstance.respond(out, "HTTP/1.1 200 OK",
				List.of("Content-Length: 2000000"), "x".repeat(2_000_000)));
		try (Socket socket = new Socket()) {
			socket.setReceiveBufferSize(16 * 1024);
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
			socket.getOutputStream()
				.write("GET / HTTP/1.1\r\nHost: tandem.test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			long read = 0;
			byte[] buffer = new byte[40_000];
			InputStream in = socket.getInputStream();
			for (int n = in.read(buffer); n != -1 && read < 2_000_000; n = in.read(buffer)) {
				read += n;
				TimeUnit.MILLISECONDS.sleep(60);
			}
			assertThat(read).isGreaterThanOrEqualTo(2_000_000);
		}
	}

	@Test
	void webSocketThatIsNotReadForAWhileIsHeldBackAndNotCut() throws Exception {
		int total = 24 * 1024 * 1024;
		instance.behave((served, request, in, out, socket) -> {
			TestInstance.respond(out, "HTTP/1.1 101 Switching Protocols",
					List.of("Upgrade: websocket", "Connection: Upgrade"), "");
			out.write(new byte[total]);
			out.flush();
		});
		try (TestClient client = new TestClient(gateway.port())) {
			client.upgrade("/");
			assertThat(client.readInterim().status()).isEqualTo(101);
			// Three times as long as others may.
			await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
			assertThat(client.read(total)).hasSize(total);
		}
	}

	@Test
	void chunkedBodyThatIsTooLargeIsRefusedAndTheInstanceIsNotLeftHanging() throws Exception {
		CountDownLatch ended = new CountDownLatch(1);
		instance.behave((served, request, in, out, socket) -> {
			try {
				in.transferTo(OutputStream.nullOutputStream());
			}
			finally {
				ended.countDown();
			}
		});
		try (TestClient client = new TestClient(gateway.port())) {
			TestMessage response = client.postChunkedInBackground("/", 3_000_000);
			assertThat(response.status()).isEqualTo(413);
			assertThat(response.header("X-Gateway-Error")).isEqualTo("body-too-large");
			assertThat(ended.await(SOON.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
		}
	}

	@Test
	void bodyOfExactlyTheLimitArrives() throws Exception {
		try (TestClient client = new TestClient(gateway.port())) {
			assertThat(client.postChunked("/", 1024 * 1024).status()).isEqualTo(200);
			assertThat(client.postChunkedInBackground("/", 1024 * 1024 + 1).status()).isEqualTo(413);
		}
	}

	@Test
	void refusalOfAPipelinedRequestComesAfterTheAnswersBeforeIt() throws Exception {
		instance.behave((served, request, in, out, socket) -> {
			TimeUnit.MILLISECONDS.sleep(300);
			TestInstance.ANSWER.handle(served, request, in, out, socket);
		});
		try (TestClient client = new TestClient(gateway.port())) {
			client.write(Stream.of("/1", "/2", "/3/..", "/4")
				.map((path) -> "GET " + path + " HTTP/1.1\r\nHost: tandem.test\r\n\r\n")
				.collect(Collectors.joining()));
			assertThat(client.read(true).body()).startsWith("GET /1 ");
			assertThat(client.read(true).body()).startsWith("GET /2 ");
			assertThat(client.read(true).status()).isEqualTo(400);
			assertThat(client.isClosedByGateway()).isTrue();
		}
		assertThat(instance.served()).hasSize(2);
	}

	@Test
	void twoHundredSlowClientsAreCutWhileOthersSeeNoDifference() throws Exception {
		List<Socket> slow = new ArrayList<>();
		AtomicBoolean dripping = new AtomicBoolean(true);
		for (int i = 0; i < 200; i++) {
			Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
			socket.setSoTimeout(1);
			slow.add(socket);
			write(socket, (i % 2 == 0) ? "GET / HTTP/1.1\r\nHost: tandem.test\r\nX: "
					: "POST / HTTP/1.1\r\nHost: tandem.test\r\nContent-Length: 10000\r\n\r\n");
		}
		try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
			Future<?> attack = executor.submit(() -> {
				while (dripping.get()) {
					slow.forEach((socket) -> write(socket, "x"));
					TimeUnit.MILLISECONDS.sleep(100);
				}
				return null;
			});
			Traffic traffic = Traffic.send(gateway.port(), 1000, 8, (client) -> client.get("/"));
			assertThat(traffic.failures()).isEmpty();
			assertThat(traffic.servedBy()).containsEntry("web-app-1", 1000);
			await().atMost(Duration.ofSeconds(15))
				.untilAsserted(() -> assertThat(slow.stream().filter((socket) -> !isCut(socket)).count()).isZero());
			dripping.set(false);
			attack.get();
		}
		finally {
			dripping.set(false);
			for (Socket socket : slow) {
				socket.close();
			}
		}
	}

	private static void write(Socket socket, String text) {
		try {
			socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			// Cut.
		}
	}

	private static boolean isCut(Socket socket) {
		try {
			byte[] buffer = new byte[4096];
			return socket.getInputStream().read(buffer) != 0;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
		catch (IOException ex) {
			return true;
		}
	}

	private static void endless(OutputStream out) throws IOException {
		byte[] chunk = ("1000\r\n" + "x".repeat(4096) + "\r\n").getBytes(StandardCharsets.US_ASCII);
		out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		while (true) {
			out.write(chunk);
			out.flush();
		}
	}

	/** Sends a little again and again until the gateway has had enough. */
	private static String drip(TestClient client, String drop) throws Exception {
		client.timeout(Duration.ofMillis(200));
		for (long end = System.nanoTime() + SOON.toNanos(); System.nanoTime() < end;) {
			try {
				client.write(drop);
				TestMessage response = client.read(true);
				return response.start() + response.body();
			}
			catch (SocketTimeoutException ex) {
				// Not yet.
			}
			catch (SocketException ex) {
				return "reset";
			}
		}
		return "still open";
	}

}
