package io.tandem.gateway;

import java.io.EOFException;
import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import io.tandem.gateway.support.TestInstance.Behaviour;
import io.tandem.gateway.support.TestMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of a request whose instance misbehaves. In each test both instances
 * misbehave until one of them has received a request, so that it does not matter whose
 * turn it is.
 */
class FailureIntegrationTests {

	private static final TestInstance first = TestInstance.start("web-app-1");

	private static final TestInstance second = TestInstance.start("web-app-2");

	private static final TestGateway gateway = TestGateway.over(List.of(first, second),
			"tandem.gateway.upstream.first-attempt-timeout=500ms", "tandem.gateway.upstream.response-timeout=1500ms");

	@BeforeEach
	void bothAreInRotation() {
		first.heal();
		second.heal();
		gateway.awaitInRotation(2);
	}

	@AfterAll
	static void stop() {
		gateway.close();
		first.close();
		second.close();
	}

	@Test
	void postIsNotRepeatedAfterAReset() throws Exception {
		misbehaveOnce(TestInstance.RESET_AFTER_READING);
		TestMessage response = post();
		assertProblem(response, 502, "broken", "may have been executed");
		assertThat(first.count() + second.count()).isEqualTo(1);
	}

	@Test
	void postWithoutABodyIsNotRepeatedAfterAReset() throws Exception {
		misbehaveOnce(TestInstance.RESET_AFTER_READING);
		try (TestClient client = new TestClient(gateway.port())) {
			assertThat(client.exchange("POST / HTTP/1.1", "Host: tandem.test", "Content-Length: 0").status())
				.isEqualTo(502);
		}
		assertThat(first.count() + second.count()).isEqualTo(1);
	}

	@Test
	void getIsRepeatedAtTheOtherInstanceAfterAReset() throws Exception {
		misbehaveOnce(TestInstance.RESET_AFTER_READING);
		assertThat(TestClient.get(gateway.port(), "/").status()).isEqualTo(200);
		assertThat(List.of(first.count(), second.count())).containsExactly(1, 1);
	}

	@Test
	void getIsRepeatedWhenTheInstanceFailsBetweenHeadersAndBody() throws Exception {
		misbehaveOnce(TestInstance.RESET_AFTER_HEADERS);
		TestMessage response = TestClient.get(gateway.port(), "/");
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.headers("X-Half")).isEmpty();
		assertThat(response.headers("Content-Length")).hasSize(1);
		assertThat(List.of(first.count(), second.count())).containsExactly(1, 1);
	}

	@Test
	void brokenBodyNeverLooksComplete() throws Exception {
		misbehaveOnce(TestInstance.RESET_IN_BODY);
		try (TestClient client = new TestClient(gateway.port())) {
			client.timeout(Duration.ofSeconds(5));
			TestMessage response = client.get("/");
			assertThat(response.header("Content-Length")).isEqualTo("1000");
			assertThat(response.body()).isEqualTo("half");
		}
		assertThat(first.count() + second.count()).isEqualTo(1);
		assertThat(gateway.inRotation()).isEqualTo(1);
	}

	@Test
	void brokenChunkedBodyNeverLooksComplete() throws Exception {
		misbehaveOnce(TestInstance.RESET_IN_CHUNKS);
		try (TestClient client = new TestClient(gateway.port())) {
			client.timeout(Duration.ofSeconds(5));
			assertThatExceptionOfType(EOFException.class).isThrownBy(() -> client.get("/"));
		}
		assertThat(first.count() + second.count()).isEqualTo(1);
	}

	@Test
	void resetTakesTheInstanceOutOfRotationUntilChecksPass() throws Exception {
		misbehaveOnce(TestInstance.RESET_AFTER_READING);
		TestClient.get(gateway.port(), "/");
		assertThat(gateway.inRotation()).isEqualTo(1);
		gateway.awaitInRotation(2);
	}

	@Test
	void lastInstanceStaysInRotationWhateverItDoes() throws Exception {
		first.behave(TestInstance.RESET_AFTER_READING);
		second.behave(TestInstance.RESET_AFTER_READING);
		for (int i = 0; i < 10; i++) {
			assertProblem(TestClient.get(gateway.port(), "/"), 502, "broken", "web-app-1", "web-app-2");
			assertThat(gateway.inRotation()).isNotZero();
		}
	}

	@Test
	void getThatWaitsInVainIsRepeatedAtTheOtherInstance() throws Exception {
		misbehaveOnce(TestInstance.SILENT);
		assertThat(TestClient.get(gateway.port(), "/").status()).isEqualTo(200);
		assertThat(List.of(first.count(), second.count())).containsExactly(1, 1);
	}

	@Test
	void postThatWaitsInVainIsA504() throws Exception {
		misbehaveOnce(TestInstance.SILENT);
		assertProblem(post(), 504, "timed-out", "may have been executed");
		assertThat(first.count() + second.count()).isEqualTo(1);
	}

	@Test
	void uploadThatTheInstanceDoesNotReadIsA504() throws Exception {
		misbehaveOnce(TestInstance.SILENT);
		try (TestClient client = new TestClient(gateway.port())) {
			assertThat(client.postChunkedInBackground("/", 64 * 1024 * 1024).status()).isEqualTo(504);
		}
	}

	@Test
	void refusalOfAnUploadReachesTheClientAlthoughTheInstanceReadsNoMoreOfIt() throws Exception {
		Behaviour refusing = (instance, request, in, out, socket) -> {
			TestInstance.respond(out, "HTTP/1.1 413 Too Large", List.of("Content-Length: 2"), "no");
			// What has arrived and was not read makes this a reset.
			socket.close();
		};
		first.behave(refusing);
		second.behave(refusing);
		for (int i = 0; i < 50; i++) {
			try (TestClient client = new TestClient(gateway.port())) {
				assertThat(client.postChunkedInBackground("/", 8 * 1024 * 1024).status()).isEqualTo(413);
			}
		}
		assertThat(gateway.inRotation()).isEqualTo(2);
	}

	@Test
	void slowButSteadyAnswerIsNoTimeout() throws Exception {
		misbehaveOnce((instance, request, in, out, socket) -> {
			request.readBody(in);
			TestInstance.respond(out, "HTTP/1.1 200 OK", List.of("Content-Length: 6"), "");
			for (int i = 0; i < 6; i++) {
				Thread.sleep(400);
				out.write('x');
				out.flush();
			}
		});
		assertThat(post().body()).isEqualTo("xxxxxx");
	}

	@Test
	void pauseWithinAnAnswerMayBeLongerThanTheFirstAttempt() throws Exception {
		misbehaveOnce((instance, request, in, out, socket) -> {
			TestInstance.respond(out, "HTTP/1.1 200 OK", List.of("Content-Length: 3"), "");
			for (int i = 0; i < 3; i++) {
				out.write('x');
				out.flush();
				Thread.sleep(800);
			}
		});
		assertThat(TestClient.get(gateway.port(), "/").body()).isEqualTo("xxx");
	}

	@Test
	void answerThatPausesForTooLongIsBrokenOff() throws Exception {
		misbehaveOnce((instance, request, in, out, socket) -> {
			TestInstance.respond(out, "HTTP/1.1 200 OK", List.of("Content-Length: 3"), "x");
			Thread.sleep(60_000);
		});
		try (TestClient client = new TestClient(gateway.port())) {
			client.timeout(Duration.ofSeconds(3));
			assertThat(client.get("/").body()).isEqualTo("x");
		}
	}

	@Test
	void slowUploadIsNoTimeout() throws Exception {
		try (TestClient client = new TestClient(gateway.port())) {
			client.write("POST / HTTP/1.1\r\nHost: tandem.test\r\nContent-Length: 6\r\n\r\n");
			for (int i = 0; i < 6; i++) {
				Thread.sleep(400);
				client.write("x");
			}
			assertThat(client.read(true).status()).isEqualTo(200);
		}
	}

	@Test
	void garbageIsA502ForAPostAndRepeatedForAGet() throws Exception {
		misbehaveOnce(TestInstance.GARBAGE);
		assertProblem(post(), 502, "invalid-response", "not valid HTTP");
		misbehaveOnce(TestInstance.GARBAGE);
		assertThat(TestClient.get(gateway.port(), "/").status()).isEqualTo(200);
	}

	@Test
	void headersBeyondTheLimitAreA502() throws Exception {
		Behaviour boastful = (instance, request, in, out, socket) -> TestInstance.respond(out, "HTTP/1.1 200 OK",
				List.of("X-Long: " + "x".repeat(100_000), "Content-Length: 0"), "");
		first.behave(boastful);
		second.behave(boastful);
		assertProblem(TestClient.get(gateway.port(), "/"), 502, "invalid-response", "web-app-1", "web-app-2");
	}

	@Test
	void errorsOfTheInstanceArePassedOn() throws Exception {
		Behaviour busy = (instance, request, in, out, socket) -> {
			TestInstance.respond(out, "HTTP/1.1 503 Unavailable", List.of("Content-Length: 4", "Retry-After: 7"),
					"busy");
		};
		first.behave(busy);
		second.behave(busy);
		TestMessage response = TestClient.get(gateway.port(), "/");
		assertThat(response.status()).isEqualTo(503);
		assertThat(response.body()).isEqualTo("busy");
		assertThat(response.header("Retry-After")).isEqualTo("7");
		assertThat(response.headers("X-Gateway-Error")).isEmpty();
		assertThat(gateway.inRotation()).isEqualTo(2);
	}

	@Test
	void clientThatBreaksOffItsUploadDoesNoHarmToTheInstance() throws Exception {
		double broken = count("tandem.gateway.requests", "broken");
		Behaviour patient = (instance, request, in, out, socket) -> {
			instance.note(request);
			request.readBody(in);
		};
		for (int i = 0; i < 6; i++) {
			first.behave(patient);
			second.behave(patient);
			try (TestClient client = new TestClient(gateway.port())) {
				client.write("POST / HTTP/1.1\r\nHost: tandem.test\r\nContent-Length: 1000000\r\n\r\nbeginning");
				await().until(() -> first.count() + second.count() == 1);
				first.heal();
				second.heal();
			}
		}
		assertThat(TestClient.get(gateway.port(), "/").status()).isEqualTo(200);
		assertThat(gateway.inRotation()).isEqualTo(2);
		assertThat(count("tandem.gateway.requests", "broken")).isEqualTo(broken);
	}

	@Test
	void connectionClosedByTheInstanceWhileIdleIsNotNoticedByClients() throws Exception {
		Behaviour closing = (instance, request, in, out, socket) -> {
			TestInstance.ANSWER.handle(instance, request, in, out, socket);
			socket.close();
		};
		first.behave(closing);
		second.behave(closing);
		try (TestClient client = new TestClient(gateway.port())) {
			for (int i = 0; i < 200; i++) {
				assertThat(client.get("/").status()).isEqualTo(200);
			}
		}
	}

	@Test
	void attemptsAndRetriesAreCounted() throws Exception {
		double answered = count("tandem.gateway.requests", "answered");
		double broken = count("tandem.gateway.requests", "broken");
		double retries = count("tandem.gateway.retries", "broken");
		misbehaveOnce(TestInstance.RESET_AFTER_READING);
		TestClient.get(gateway.port(), "/");
		await().until(() -> count("tandem.gateway.requests", "answered") == answered + 1);
		assertThat(count("tandem.gateway.requests", "broken")).isEqualTo(broken + 1);
		assertThat(count("tandem.gateway.retries", "broken")).isEqualTo(retries + 1);
		assertThat(TestClient.get(gateway.managementPort(), "/actuator/prometheus").body())
			.contains("tandem_gateway_instance_up{instance=\"web-app-1\"");
	}

	private static double count(String meter, String value) {
		String tag = meter.endsWith("requests") ? "outcome" : "reason";
		return gateway.bean(MeterRegistry.class)
			.get(meter)
			.tag(tag, value)
			.counters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

	private static void misbehaveOnce(Behaviour behaviour) {
		Behaviour once = (instance, request, in, out, socket) -> {
			TestInstance other = (instance == first) ? second : first;
			other.behave(TestInstance.ANSWER);
			instance.behave(TestInstance.ANSWER);
			behaviour.handle(instance, request, in, out, socket);
		};
		first.behave(once);
		second.behave(once);
	}

	private static TestMessage post() throws Exception {
		try (TestClient client = new TestClient(gateway.port())) {
			return client.postChunked("/", 100_000);
		}
	}

	private static void assertProblem(TestMessage response, int status, String reason, String... details) {
		assertThat(response.status()).isEqualTo(status);
		assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(response.header("X-Gateway-Error")).isEqualTo(reason);
		assertThat(response.body()).contains("\"status\":" + status, "\"detail\":").contains(details);
		assertThat(response.body()).doesNotContain("Exception", "\tat ");
	}

}
