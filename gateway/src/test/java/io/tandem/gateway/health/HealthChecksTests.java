package io.tandem.gateway.health;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.tandem.gateway.balance.Instance;
import io.tandem.gateway.balance.InstancePool;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.awaitility.Awaitility.await;

class HealthChecksTests {

	private final URI uri = URI.create("http://127.0.0.1:8101");

	private final InstancePool pool = new InstancePool(List.of(new Instance("web-app-1", uri, uri)));

	private final HealthCheckProperties properties = new HealthCheckProperties("/", Duration.ofMillis(10),
			Duration.ofMillis(10), Duration.ofMillis(50), 1, 1);

	private final HealthBoard board = new HealthBoard(pool, 1, 1,
			new EjectionProperties(1, 1, 5, Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(10)),
			System::nanoTime);

	private final AtomicInteger asked = new AtomicInteger();

	@Test
	void listenerThatThrowsDoesNotEndTheChecks() {
		board.onChange((instance, up, reason) -> {
			throw new IllegalStateException("A defect of a listener");
		});
		checkSeveralTimes((instance, timeout) -> {
			asked.incrementAndGet();
			return Mono.just(CheckResult.status(200));
		});
	}

	@Test
	void probeThatThrowsDoesNotEndTheChecks() {
		checkSeveralTimes((instance, timeout) -> {
			if (asked.getAndIncrement() == 0) {
				throw new IllegalStateException("A defect of the probe");
			}
			return Mono.just(CheckResult.status(200));
		});
	}

	private void checkSeveralTimes(ReadinessProbe probe) {
		HealthChecks checks = new HealthChecks(pool, probe, board, properties);
		checks.start();
		try {
			await().atMost(Duration.ofSeconds(5)).until(() -> asked.get() > 3);
		}
		finally {
			checks.stop();
		}
	}

}
