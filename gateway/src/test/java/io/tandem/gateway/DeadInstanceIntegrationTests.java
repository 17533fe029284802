package io.tandem.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.tandem.gateway.support.BlackHole;
import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import io.tandem.gateway.support.TestMessage;
import io.tandem.gateway.support.TestProcess;
import io.tandem.gateway.support.Traffic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One of two instances is dead: counts what clients notice, from the moment of its death
 * on. {@code -Dtandem.test.requests=10000} is the full length.
 */
class DeadInstanceIntegrationTests {

	private static final int REQUESTS = Integer.getInteger("tandem.test.requests", 200);

	private static final int UPLOAD = 40_000;

	private static final TestInstance victim = TestInstance.start("web-app-1");

	private static final TestInstance survivor = TestInstance.start("web-app-2");

	private static final TestGateway gateway = TestGateway.over(victim, survivor);

	private final List<AutoCloseable> replacements = new ArrayList<>();

	@BeforeEach
	void bothServe() {
		victim.heal();
		victim.behave(DeadInstanceIntegrationTests::answer);
		survivor.behave(DeadInstanceIntegrationTests::answer);
		awaitInRotation(2);
	}

	@AfterEach
	void endReplacements() throws Exception {
		for (AutoCloseable replacement : replacements) {
			replacement.close();
		}
	}

	@AfterAll
	static void stop() {
		gateway.close();
		victim.close();
		survivor.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 8, 32 })
	void closedPortFailsNoRequest(int concurrency) {
		victim.stop();
		assertNoGetFails(concurrency);
		victim.heal();
		awaitInRotation(2);
		victim.stop();
		assertNoUploadFails(concurrency);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 8, 32 })
	void blackHoleFailsNoRequest(int concurrency) {
		victim.stop();
		replacements.add(new BlackHole(victim.port()));
		replacements.add(new BlackHole(victim.managementPort()));
		assertNoUploadFails(concurrency);
		assertNoGetFails(concurrency);
	}

	/**
	 * An upload that reached the stopped process before the checks noticed cannot be
	 * repeated: nobody knows whether it will be executed.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 1, 8, 32 })
	void stoppedProcessFailsNoGetAndNoUploadOnceItIsNoticed(int concurrency) {
		victim.stop();
		TestProcess process = TestProcess.instance(victim);
		replacements.add(process);
		TestGateway.awaitReady(victim.managementPort());
		awaitInRotation(2);
		process.suspend();
		assertNoGetFails(concurrency);
		awaitInRotation(1);
		assertNoUploadFails(concurrency);
	}

	private static void assertNoGetFails(int concurrency) {
		Traffic gets = Traffic.send(gateway.port(), REQUESTS, concurrency, (client) -> client.get("/"));
		assertThat(gets.failures()).isEmpty();
		assertThat(gets.answered()).isEqualTo(REQUESTS);
	}

	private static void assertNoUploadFails(int concurrency) {
		Traffic uploads = Traffic.send(gateway.port(), REQUESTS, concurrency, DeadInstanceIntegrationTests::upload);
		assertThat(uploads.failures()).isEmpty();
		assertThat(uploads.answered()).isEqualTo(REQUESTS);
	}

	private static TestMessage upload(TestClient client) throws IOException {
		TestMessage response = client.postChunked("/", UPLOAD);
		assertThat(response.body()).endsWith("\n" + UPLOAD);
		return response;
	}

	private static void awaitInRotation(int expected) {
		await().atMost(Duration.ofSeconds(30)).until(() -> gateway.inRotation() == expected);
	}

	private static void answer(TestInstance instance, TestMessage request, InputStream in, OutputStream out,
			Socket socket) throws IOException, InterruptedException {
		TestInstance.ANSWER.handle(instance, request, in, out, socket);
		instance.forget();
	}

}
