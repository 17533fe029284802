package io.tandem.benchmarks.report;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SummaryTests {

	@Test
	void medianOfAnOddCountIsTheMiddleOne() {
		assertThat(Summary.of(9, 1, 2)).isEqualTo(new Summary(2, 1, 9));
	}

	@Test
	void medianOfAnEvenCountIsBetweenTheMiddleTwo() {
		assertThat(Summary.of(4, 1, 2, 100).median()).isEqualTo(3);
	}

	@Test
	void nothingMeasuredIsNoNumber() {
		assertThat(Summary.of().median()).isNaN();
		assertThat(Markdown.range(Summary.of(), 1)).isEqualTo("- (---)");
	}

}
