package io.tandem.gateway;

import java.time.Duration;
import java.util.List;

import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import io.tandem.gateway.support.TestMessage;
import io.tandem.gateway.support.Traffic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who serves what while instances come and go.
 */
class BalancingIntegrationTests {

	private static final TestInstance first = TestInstance.start("web-app-1");

	private static final TestInstance second = TestInstance.start("web-app-2");

	private static final TestGateway gateway = TestGateway.over(first, second);

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

	@ParameterizedTest
	@ValueSource(ints = { 1, 16 })
	void requestsAreSplitExactly(int concurrency) {
		Traffic traffic = Traffic.send(gateway.port(), 1000, concurrency, (client) -> client.get("/"));
		assertThat(traffic.failures()).isEmpty();
		assertThat(traffic.servedBy()).containsEntry("web-app-1", 500).containsEntry("web-app-2", 500);
	}

	@Test
	void consecutiveRequestsAlternate() throws Exception {
		try (TestClient client = new TestClient(gateway.port())) {
			String previous = String.valueOf(client.get("/").header("X-Served-By"));
			for (int i = 0; i < 20; i++) {
				String current = String.valueOf(client.get("/").header("X-Served-By"));
				assertThat(current).isNotEqualTo(previous);
				previous = current;
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 8, 32 })
	void noGetFailsWhenAnInstanceDies(int concurrency) {
		Traffic.send(gateway.port(), 200, concurrency, (client) -> client.get("/"));
		first.stop();
		Traffic traffic = Traffic.send(gateway.port(), 800, concurrency, (client) -> client.get("/"));
		assertThat(traffic.failures()).isEmpty();
		assertThat(traffic.servedBy()).containsOnlyKeys("web-app-2").containsEntry("web-app-2", 800);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 8, 32 })
	void streamedPostsReachTheOtherInstanceWhenOneIsDead(int concurrency) {
		first.stop();
		Traffic traffic = Traffic.send(gateway.port(), 100, concurrency,
				(client) -> client.postChunked("/", 256 * 1024));
		assertThat(traffic.failures()).isEmpty();
		assertThat(second.served()).hasSize(100)
			.allSatisfy((request) -> assertThat(request.body()).hasSize(256 * 1024));
	}

	/**
	 * Reactor Netty 1.3.7 forgot to read on when an upload began before it had finished
	 * the previous response: one in 1,000 of these hung for ever.
	 */
	@Test
	void uploadsThatFollowAResponseAtOnceArriveWhole() {
		Traffic traffic = Traffic.send(gateway.port(), 1000, 2, (client) -> {
			client.timeout(Duration.ofSeconds(5));
			return client.postChunked("/", 512 * 1024);
		});
		assertThat(traffic.failures()).isEmpty();
	}

	@Test
	void deadInstanceLeavesTheRotationWithItsFirstFailedRequest() {
		first.stop();
		Traffic.send(gateway.port(), 2, 1, (client) -> client.get("/"));
		assertThat(gateway.inRotation()).isEqualTo(1);
	}

	@Test
	void restartedInstanceIsUsedAgain() {
		first.stop();
		gateway.awaitInRotation(1);
		first.start();
		gateway.awaitInRotation(2);
		Traffic traffic = Traffic.send(gateway.port(), 100, 4, (client) -> client.get("/"));
		assertThat(traffic.servedBy()).containsEntry("web-app-1", 50).containsEntry("web-app-2", 50);
	}

	@Test
	void instanceThatIsNotReadyGetsNothing() {
		first.answerReadinessWith(503);
		gateway.awaitInRotation(1);
		Traffic traffic = Traffic.send(gateway.port(), 100, 4, (client) -> client.get("/"));
		assertThat(traffic.servedBy()).containsOnlyKeys("web-app-2");
	}

	@Test
	void instancesThatAllSayTheyAreNotReadyAreTriedAllTheSame() throws Exception {
		first.answerReadinessWith(503);
		second.answerReadinessWith(503);
		gateway.awaitInRotation(0);
		assertThat(TestClient.get(gateway.port(), "/").status()).isEqualTo(200);
	}

	@Test
	void withoutAnyInstanceTheAnswerIsAnExplained503() throws Exception {
		first.stop();
		second.stop();
		try (TestClient client = new TestClient(gateway.port())) {
			for (TestMessage response : List.of(client.get("/"), client.postChunked("/", 100_000))) {
				assertThat(response.status()).isEqualTo(503);
				assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
				assertThat(response.header("Retry-After")).isEqualTo("1");
				assertThat(response.header("X-Gateway-Error")).isEqualTo("no-instance");
				assertThat(response.body()).contains("web-app-1", "web-app-2", "try again");
			}
		}
	}

	@Test
	void gatewayStaysReadyWithoutInstancesAndSaysWhichAreDown() throws Exception {
		first.stop();
		second.stop();
		gateway.awaitInRotation(0);
		assertThat(TestClient.get(gateway.managementPort(), "/actuator/health/readiness").status()).isEqualTo(200);
		assertThat(TestClient.get(gateway.managementPort(), "/actuator/health").body()).contains("\"web-app-1\"",
				"DOWN", "refused");
	}

}
