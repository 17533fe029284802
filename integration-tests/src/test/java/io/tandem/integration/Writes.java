package io.tandem.integration;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.tandem.integration.Traffic.Outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * New links at a constant rate, and the memory of those that were acknowledged.
 */
final class Writes implements AutoCloseable {

	private final TestCluster cluster;

	private final ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();

	private final AtomicReference<Acknowledgement> latest = new AtomicReference<>(new Acknowledgement(0, 0));

	private final Traffic<Integer> traffic;

	private List<Outcome<Integer>> outcomes = List.of();

	Writes(TestCluster cluster, int perSecond) {
		this.cluster = cluster;
		LinkClient client = cluster.client();
		AtomicInteger number = new AtomicInteger();
		this.traffic = Traffic.of(perSecond, () -> {
			long begunAt = System.nanoTime();
			HttpResponse<String> response = client
				.shorten("https://example.com/acknowledged/" + number.incrementAndGet());
			if (response.statusCode() == 201) {
				this.acknowledged.add(LinkClient.json(response).get("code").asString());
				this.latest.set(new Acknowledgement(begunAt, System.nanoTime()));
			}
			return response.statusCode();
		});
	}

	void awaitMore(int calls) {
		this.traffic.awaitMore(calls);
	}

	/**
	 * Let something happen, and wait until a write that began afterwards is acknowledged.
	 * @return the time from the event to that acknowledgement
	 */
	Duration resumedAfter(Runnable event) {
		event.run();
		long happenedAt = System.nanoTime();
		Acknowledgement first = await("a write after the event").atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(10))
			.until(this.latest::get, (write) -> write.begunAt() - happenedAt > 0);
		return Duration.ofNanos(first.at() - happenedAt);
	}

	void stop() {
		this.outcomes = this.traffic.stop();
	}

	int acknowledged() {
		return this.acknowledged.size();
	}

	List<Integer> statuses() {
		return this.outcomes.stream()
			.map((outcome) -> (outcome instanceof Outcome.Answer<Integer> answer) ? answer.value() : -1)
			.toList();
	}

	List<Outcome<Integer>> failures() {
		return this.outcomes.stream()
			.filter((outcome) -> !(outcome instanceof Outcome.Answer<Integer> answer && answer.value() == 201))
			.toList();
	}

	Duration slowest() {
		return this.outcomes.stream().map(Outcome::took).max(Duration::compareTo).orElse(Duration.ZERO);
	}

	/** On every database node. */
	void assertAllAcknowledgedArePresent() throws Exception {
		assertThat(this.acknowledged).isNotEmpty();
		this.cluster.awaitReplicaCaughtUp();
		for (String node : this.cluster.databaseNames()) {
			assertThat(this.cluster.codesOn(node)).as(node).containsAll(this.acknowledged);
		}
	}

	@Override
	public void close() {
		this.traffic.close();
	}

	/**
	 * A write that was answered with 201.
	 *
	 * @param begunAt when it was sent
	 * @param at when it was answered
	 */
	private record Acknowledgement(long begunAt, long at) {
	}

}
