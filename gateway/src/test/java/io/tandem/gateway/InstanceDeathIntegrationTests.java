package io.tandem.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import io.tandem.gateway.support.TestMessage;
import io.tandem.gateway.support.TestProcess;
import io.tandem.gateway.support.Traffic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Instances that are processes and die like processes, under traffic.
 */
class InstanceDeathIntegrationTests {

	private static final int CONNECTIONS = 20;

	private static final TestInstance first = TestInstance.absent("web-app-1");

	private static final TestInstance second = TestInstance.start("web-app-2");

	private static final TestGateway gateway = TestGateway.over(first, second);

	private TestProcess process = TestProcess.instance(first);

	private final AtomicInteger answered = new AtomicInteger();

	@BeforeEach
	void bothAreInRotation() {
		second.heal();
		await().atMost(Duration.ofSeconds(30)).until(() -> gateway.inRotation() == 2);
	}

	@AfterEach
	void stopProcess() {
		process.close();
	}

	@AfterAll
	static void stop() {
		gateway.close();
		second.close();
	}

	@Test
	void noGetFailsWhenAnInstanceIsKilledAndComesBack() {
		CompletableFuture<Traffic> traffic = CompletableFuture
			.supplyAsync(() -> Traffic.send(gateway.port(), 1600, CONNECTIONS, this::steadily));
		await().until(() -> answered.get() > 200);
		process.kill();
		gateway.awaitInRotation(1);
		process = TestProcess.instance(first);
		assertThat(traffic.join().failures()).isEmpty();
		gateway.awaitInRotation(2);
		assertThat(Traffic.send(gateway.port(), 100, 4, (client) -> client.get("/")).servedBy())
			.containsEntry("web-app-1", 50);
	}

	@Test
	void noGetFailsWhenAnInstanceHangs() {
		CompletableFuture<Traffic> traffic = CompletableFuture
			.supplyAsync(() -> Traffic.send(gateway.port(), 800, CONNECTIONS, this::steadily));
		await().until(() -> answered.get() > 200);
		process.suspend();
		await().atMost(Duration.ofSeconds(5)).until(() -> gateway.inRotation() == 1);
		assertThat(traffic.join().failures()).isEmpty();
	}

	/** About 200 requests a second over all connections. */
	private TestMessage steadily(TestClient client) throws IOException {
		try {
			Thread.sleep(CONNECTIONS * 1000 / 200);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		TestMessage response = client.get("/");
		answered.incrementAndGet();
		return response;
	}

}
