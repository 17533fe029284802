package io.tandem.gateway.dashboard;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

class LatencyHistogramTests {

	@ParameterizedTest
	@ValueSource(longs = { 8, 9, 15, 16, 17, 100, 1_000, 1_023, 1_024, 123_456, 10_000_000 })
	void bucketStandsForItsTimesToSomeSixPercent(long micros) {
		assertThat(LatencyHistogram.millis(LatencyHistogram.index(micros))).isCloseTo(micros / 1_000.0,
				withinPercentage(7));
	}

	@Test
	void longerTimesHaveNoLowerBucket() {
		int before = 0;
		for (long micros = 0; micros < 5_000; micros++) {
			int index = LatencyHistogram.index(micros);
			assertThat(index).isBetween(before, before + 1);
			before = index;
		}
	}

	@Test
	void timesBeyondAllBucketsAreInTheLast() {
		LatencyHistogram histogram = new LatencyHistogram();
		histogram.record(Long.MAX_VALUE);
		histogram.record(-1);
		assertThat(histogram.counts()).hasSize(2).containsKey(0);
	}

	@Test
	void percentilesSplitTheTimes() {
		LatencyHistogram histogram = new LatencyHistogram();
		for (int i = 1; i <= 100; i++) {
			histogram.record(i * 1_000_000L);
		}
		assertThat(LatencyHistogram.percentile(histogram.counts(), 0.5)).isCloseTo(50.0, withinPercentage(7));
		assertThat(LatencyHistogram.percentile(histogram.counts(), 0.99)).isCloseTo(99.0, withinPercentage(7));
		assertThat(LatencyHistogram.percentile(Map.of(), 0.5)).isNull();
	}

}
