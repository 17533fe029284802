package io.tandem.gateway.protection;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * What one client, that is one address or IPv6 network, takes of the gateway.
 */
final class ClientRecord {

	/** Null for those without limits. */
	private final @Nullable Bucket requests;

	private final int burst;

	private int connections;

	private ClientRecord(@Nullable Bucket requests, int burst) {
		this.requests = requests;
		this.burst = burst;
	}

	static ClientRecord limited(int requestsPerSecond, int burst) {
		Bandwidth bandwidth = Bandwidth.builder()
			.capacity(burst)
			.refillGreedy(requestsPerSecond, Duration.ofSeconds(1))
			.build();
		return new ClientRecord(Bucket.builder().addLimit(bandwidth).build(), burst);
	}

	static ClientRecord unlimited() {
		return new ClientRecord(null, 0);
	}

	/** Counts a request that is still within the rate. */
	boolean mayRequest() {
		return requests == null || requests.tryConsume(1);
	}

	synchronized boolean connect(int most) {
		if (connections >= most) {
			return false;
		}
		connections++;
		return true;
	}

	synchronized void disconnect() {
		connections--;
	}

	/** Whether a new record would be just like this one. */
	synchronized boolean isForgettable() {
		return connections == 0 && (requests == null || requests.getAvailableTokens() >= burst);
	}

	synchronized boolean isConnected() {
		return connections > 0;
	}

}
