package io.tandem.benchmarks.dbrouter.peer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LatenciesTests {

	private final Latencies latencies = new Latencies();

	@Test
	void percentileIsTheNearestRank() {
		for (int i = 5000; i > 0; i--) {
			this.latencies.add(i * 1000L);
		}
		assertThat(this.latencies.micros(0.5)).isEqualTo(2500);
		assertThat(this.latencies.micros(0.99)).isEqualTo(4950);
		assertThat(this.latencies.micros(1)).isEqualTo(5000);
		assertThat(this.latencies.micros(1.0 / 5000)).isEqualTo(1);
	}

	@Test
	void ofNothingItIsZero() {
		assertThat(this.latencies.micros(0.5)).isZero();
	}

	@Test
	void anothersAreAdded() {
		Latencies other = new Latencies();
		other.add(7000);
		this.latencies.addAll(other);
		assertThat(this.latencies.size()).isOne();
		assertThat(this.latencies.micros(0.5)).isEqualTo(7);
	}

}
