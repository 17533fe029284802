package io.tandem.integration;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

import static org.awaitility.Awaitility.await;

/**
 * A request every 40 ms, each over a connection of its own, and the times at which one
 * was answered with 200. So it knows for how long nobody was to be had.
 */
final class Knocking implements AutoCloseable {

	private static final int PER_SECOND = 25;

	private final ConcurrentLinkedQueue<Long> answers = new ConcurrentLinkedQueue<>();

	private final Traffic<Integer> traffic;

	Knocking(URI uri) {
		this.traffic = Traffic.of(PER_SECOND, () -> {
			int status = knock(uri);
			if (status == 200) {
				this.answers.add(System.nanoTime());
			}
			return status;
		});
		awaitAnswers(PER_SECOND);
	}

	private static int knock(URI uri) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
		connection.setRequestProperty("Connection", "close");
		connection.setConnectTimeout(500);
		connection.setReadTimeout(1_000);
		try {
			return connection.getResponseCode();
		}
		finally {
			connection.disconnect();
		}
	}

	/**
	 * Let something happen, and wait until answers come again.
	 * @return the longest time without an answer
	 */
	Duration longestSilence(Runnable event) {
		long begin = this.answers.stream().max(Long::compare).orElseThrow();
		event.run();
		awaitAnswers(PER_SECOND);
		List<Long> times = this.answers.stream().filter((time) -> time - begin >= 0).sorted().toList();
		long longest = 0;
		for (int i = 1; i < times.size(); i++) {
			longest = Math.max(longest, times.get(i) - times.get(i - 1));
		}
		return Duration.ofNanos(longest);
	}

	private void awaitAnswers(int more) {
		int target = this.answers.size() + more;
		await("answers").atMost(Duration.ofSeconds(30)).until(() -> this.answers.size() >= target);
	}

	@Override
	public void close() {
		this.traffic.close();
	}

}
