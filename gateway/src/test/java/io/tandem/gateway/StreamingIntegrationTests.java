package io.tandem.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.tandem.gateway.balance.InstancePool;
import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import io.tandem.gateway.support.TestInstance.Behaviour;
import io.tandem.gateway.support.TestMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Server-sent events and WebSockets, with WebFlux in between and without.
 */
@ParameterizedClass(name = "direct = {0}")
@ValueSource(booleans = { true, false })
@org.junit.jupiter.api.TestInstance(Lifecycle.PER_CLASS)
class StreamingIntegrationTests {

	private final TestInstance instance = TestInstance.start("web-app-1");

	@Parameter
	private boolean direct;

	private TestGateway gateway;

	/** Opened by the instance when its connection has ended. */
	private CountDownLatch left = new CountDownLatch(1);

	/** What the instance waits for before it goes on. */
	private CountDownLatch next = new CountDownLatch(1);

	@BeforeAll
	void start() {
		gateway = TestGateway.over(List.of(instance), "tandem.gateway.direct=" + direct,
				"tandem.gateway.upstream.first-attempt-timeout=300ms", "tandem.gateway.upstream.response-timeout=500ms",
				"tandem.gateway.upstream.stream-idle-timeout=1500ms");
	}

	@BeforeEach
	void heal() {
		left = new CountDownLatch(1);
		next = new CountDownLatch(1);
		instance.heal();
		gateway.awaitInRotation(1);
	}

	@AfterAll
	void stop() {
		gateway.close();
		instance.close();
	}

	@Test
	void headOfAnEventStreamArrivesBeforeItsFirstEvent() throws Exception {
		instance.behave(events("data: 1\n\n"));
		try (TestClient client = stream()) {
			TestMessage head = client.readInterim();
			assertThat(head.status()).isEqualTo(200);
			assertThat(head.header("Content-Type")).isEqualTo("text/event-stream;charset=UTF-8");
			next.countDown();
			assertThat(client.read(14)).isEqualTo("9\r\ndata: 1\n\n\r\n");
		}
	}

	@Test
	void eachEventArrivesBeforeTheNextIsSent() throws Exception {
		instance.behave((instance, request, in, out, socket) -> {
			beginEvents(out);
			for (int i = 0; i < 5; i++) {
				out.write("data: x\n\n".getBytes(StandardCharsets.US_ASCII));
				out.flush();
				// The client's word that it has this one.
				socket.setSoTimeout(5000);
				TimeUnit.MILLISECONDS.sleep(100);
			}
			next.await(10, TimeUnit.SECONDS);
			socket.close();
		});
		try (TestClient client = stream()) {
			client.readInterim();
			for (int i = 0; i < 5; i++) {
				assertThat(client.read(14)).isEqualTo("9\r\ndata: x\n\n\r\n");
			}
			next.countDown();
			assertThat(client.read(5)).isEqualTo("0\r\n\r\n");
		}
	}

	@Test
	void eventStreamMayBeSilentLongerThanAnAnswer() throws Exception {
		instance.behave((instance, request, in, out, socket) -> {
			beginEvents(out);
			Thread.sleep(1000);
			out.write("data: 1\n\n".getBytes(StandardCharsets.US_ASCII));
			out.flush();
			next.await(10, TimeUnit.SECONDS);
		});
		try (TestClient client = stream()) {
			client.readInterim();
			assertThat(client.read(14)).isEqualTo("9\r\ndata: 1\n\n\r\n");
		}
		finally {
			next.countDown();
		}
	}

	@Test
	void eventStreamThatBeginsWithALotMayBeSilentToo() throws Exception {
		instance.behave((instance, request, in, out, socket) -> {
			TestInstance.respond(out, "HTTP/1.1 200 OK", List.of("Content-Type: text/event-stream"),
					"data: " + "x".repeat(200_000) + "\n\n");
			Thread.sleep(1000);
			out.write("data: 1\n\n".getBytes(StandardCharsets.US_ASCII));
			socket.close();
		});
		try (TestClient client = stream()) {
			assertThat(client.read(true).body()).endsWith("x\n\ndata: 1\n\n");
		}
	}

	@Test
	void eventStreamThatStaysSilentIsCut() throws Exception {
		instance.behave((instance, request, in, out, socket) -> {
			beginEvents(out);
			awaitEnd(in);
		});
		try (TestClient client = stream()) {
			client.readInterim();
			assertThat(client.isClosedByGateway()).isTrue();
		}
		assertThat(left.await(5, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void instanceLearnsThatTheReaderOfItsEventsHasLeft() throws Exception {
		instance.behave((instance, request, in, out, socket) -> {
			beginEvents(out);
			awaitEnd(in);
		});
		try (TestClient client = stream()) {
			client.readInterim();
		}
		assertThat(left.await(1, TimeUnit.SECONDS)).isTrue();
		awaitNothingInFlight();
	}

	@Test
	void handshakeIsAnsweredOnlyWhenTheInstanceAgrees() throws Exception {
		instance.behave((instance, request, in, out, socket) -> {
			instance.note(request);
			next.await(10, TimeUnit.SECONDS);
			agree(out, "first");
			echo(in, out);
		});
		try (TestClient client = new TestClient(gateway.port())) {
			client.timeout(Duration.ofMillis(200));
			askForWebSocket(client);
			assertThat(client.isClosedByGateway()).as("answered before the instance").isFalse();
			client.timeout(Duration.ofSeconds(10));
			next.countDown();
			TestMessage answer = client.readInterim();
			assertThat(answer.status()).isEqualTo(101);
			assertThat(answer.header("Sec-WebSocket-Accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
			assertThat(answer.header("Upgrade")).isEqualToIgnoringCase("websocket");
			assertThat(client.read(5)).isEqualTo("first");
			client.write("ping");
			assertThat(client.read(4)).isEqualTo("ping");
		}
		TestMessage request = instance.served().getFirst();
		assertThat(request.header("Upgrade")).isEqualTo("websocket");
		assertThat(request.header("Connection")).isEqualToIgnoringCase("upgrade");
		assertThat(request.header("Sec-WebSocket-Key")).isEqualTo("dGhlIHNhbXBsZSBub25jZQ==");
		assertThat(request.header("X-Forwarded-For")).isEqualTo("127.0.0.1");
		assertThat(left.await(1, TimeUnit.SECONDS)).isTrue();
		awaitNothingInFlight();
	}

	@Test
	void refusalOfAWebSocketIsPassedOn() throws Exception {
		instance.behave((instance, request, in, out, socket) -> TestInstance.respond(out, "HTTP/1.1 403 Forbidden",
				List.of("Content-Length: 2"), "no"));
		try (TestClient client = new TestClient(gateway.port())) {
			askForWebSocket(client);
			TestMessage answer = client.read(true);
			assertThat(answer.status()).isEqualTo(403);
			assertThat(answer.body()).isEqualTo("no");
			instance.heal();
			assertThat(client.get("/").status()).isEqualTo(200);
		}
	}

	@Test
	void clientLearnsThatTheInstanceHasClosedItsWebSocket() throws Exception {
		instance.behave((instance, request, in, out, socket) -> {
			agree(out, "bye");
			socket.close();
		});
		try (TestClient client = new TestClient(gateway.port())) {
			askForWebSocket(client);
			client.readInterim();
			assertThat(client.read(3)).isEqualTo("bye");
			assertThat(client.isClosedByGateway()).isTrue();
		}
		awaitNothingInFlight();
	}

	@Test
	void webSocketMayBeSilentLongerThanAnAnswerButNotForEver() throws Exception {
		instance.behave((instance, request, in, out, socket) -> {
			agree(out, "");
			echo(in, out);
		});
		try (TestClient client = new TestClient(gateway.port())) {
			askForWebSocket(client);
			client.readInterim();
			Thread.sleep(800);
			client.write("ping");
			assertThat(client.read(4)).isEqualTo("ping");
			assertThat(client.isClosedByGateway()).isTrue();
		}
		assertThat(left.await(1, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void webSocketCarriesMoreThanFitsIntoMemoryAtOnce() throws Exception {
		instance.behave((instance, request, in, out, socket) -> {
			agree(out, "");
			echo(in, out);
		});
		int total = 8 * 1024 * 1024;
		try (TestClient client = new TestClient(gateway.port())) {
			askForWebSocket(client);
			client.readInterim();
			Thread.startVirtualThread(() -> {
				try {
					for (int sent = 0; sent < total; sent += 64 * 1024) {
						client.write("x".repeat(64 * 1024));
					}
				}
				catch (IOException ex) {
					// The test has failed.
				}
			});
			assertThat(client.read(total)).hasSize(total);
		}
	}

	@Test
	void changeToAnotherProtocolIsNotPassedOn() throws Exception {
		try (TestClient client = new TestClient(gateway.port())) {
			assertThat(client
				.exchange("GET / HTTP/1.1", "Host: tandem.test", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c")
				.status()).isEqualTo(200);
		}
		assertThat(instance.served().getLast().headers("Upgrade")).isEmpty();
	}

	@Test
	void changeOfProtocolThatNobodyAskedForIsA502() throws Exception {
		instance.behave((instance, request, in, out, socket) -> agree(out, ""));
		assertThat(TestClient.get(gateway.port(), "/").status()).isEqualTo(502);
	}

	private TestClient stream() throws IOException {
		TestClient client = new TestClient(gateway.port());
		client.write("GET /events HTTP/1.1\r\nHost: tandem.test\r\nAccept: text/event-stream\r\n\r\n");
		return client;
	}

	private Behaviour events(String events) {
		return (instance, request, in, out, socket) -> {
			beginEvents(out);
			next.await(10, TimeUnit.SECONDS);
			out.write(events.getBytes(StandardCharsets.US_ASCII));
			out.flush();
			awaitEnd(in);
		};
	}

	private static void beginEvents(OutputStream out) throws IOException {
		TestInstance.respond(out, "HTTP/1.1 200 OK", List.of("Content-Type: text/event-stream;charset=UTF-8"), "");
	}

	private void askForWebSocket(TestClient client) throws IOException {
		client.write("""
				GET /socket HTTP/1.1\r
				Host: tandem.test\r
				Connection: keep-alive, Upgrade\r
				Upgrade: websocket\r
				Sec-WebSocket-Version: 13\r
				Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
				\r
				""");
	}

	private static void agree(OutputStream out, String first) throws IOException {
		TestInstance.respond(out, "HTTP/1.1 101 Switching Protocols", List.of("Upgrade: websocket",
				"Connection: Upgrade", "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), first);
	}

	private void echo(InputStream in, OutputStream out) throws IOException {
		try {
			byte[] bytes = new byte[16 * 1024];
			for (int read = in.read(bytes); read != -1; read = in.read(bytes)) {
				out.write(bytes, 0, read);
				out.flush();
			}
		}
		finally {
			left.countDown();
		}
	}

	private void awaitEnd(InputStream in) throws IOException {
		try {
			assertThat(in.read()).isEqualTo(-1);
		}
		finally {
			left.countDown();
		}
	}

	private void awaitNothingInFlight() {
		InstancePool pool = gateway.bean(InstancePool.class);
		await().until(() -> pool.inFlight(pool.all().getFirst()) == 0);
	}

}
