package io.tandem.gateway.protection;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MinimumRateTests {

	/** 100 bytes a tick, 10 ticks of patience. */
	private final MinimumRate rate = new MinimumRate(100, 10);

	@Test
	void standstillIsToleratedForTheTimeOfPatience() {
		assertThat(ticksUntilTooSlow(0)).isEqualTo(11);
	}

	@Test
	void paceBelowTheMinimumIsNoticed() {
		assertThat(ticksUntilTooSlow(50)).isEqualTo(20);
	}

	@Test
	void paceOfTheMinimumIsFine() {
		assertThat(ticksUntilTooSlow(100)).isEqualTo(1000);
	}

	@Test
	void burstBuysNoMoreThanOneTimeOfPatience() {
		rate.isTooSlowAfter(1_000_000);
		assertThat(ticksUntilTooSlow(0)).isLessThanOrEqualTo(11);
	}

	@Test
	void restartForgetsWhatWas() {
		for (int i = 0; i < 10; i++) {
			rate.isTooSlowAfter(0);
		}
		rate.restart();
		assertThat(ticksUntilTooSlow(0)).isEqualTo(11);
	}

	private int ticksUntilTooSlow(long bytes) {
		int ticks = 1;
		while (ticks < 1000 && !rate.isTooSlowAfter(bytes)) {
			ticks++;
		}
		return ticks;
	}

}
