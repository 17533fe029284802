package io.tandem.dbrouter.consistency;

import java.time.Duration;

import io.tandem.dbrouter.gtid.GtidSet;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecentTransactionsTests {

	private static final Duration KEEP = Duration.ofSeconds(30);

	private long now = -5;

	private final RecentTransactions recent = new RecentTransactions(KEEP, () -> this.now);

	@Test
	void remembersATransactionForOnceToTwiceTheTime() {
		pass(29);
		this.recent.add(gtid(1));
		pass(29);
		assertThat(this.recent.get()).isEqualTo(gtid(1));
		pass(3);
		assertThat(this.recent.get()).isEqualTo(GtidSet.EMPTY);
	}

	@Test
	void steadyWriterForgetsToo() {
		for (int number = 1; number <= 300; number++) {
			this.recent.add(gtid(number));
			pass(1);
		}
		assertThat(this.recent.get().contains(GtidSet.parse(uuid() + ":271-300"))).isTrue();
		assertThat(this.recent.get().size()).isLessThanOrEqualTo(61);
	}

	@Test
	void neverForgetsTooEarly() {
		for (int second = 1; second <= 200; second += 7) {
			this.recent.add(gtid(second));
			pass(7);
			for (int young = Math.max(1, second - 21); young <= second; young++) {
				if ((young - 1) % 7 == 0) {
					assertThat(this.recent.get().contains(gtid(young))).isTrue();
				}
			}
		}
	}

	@Test
	void longGapForgetsEverything() {
		this.recent.add(gtid(1));
		pass(100);
		this.recent.add(gtid(2));
		assertThat(this.recent.get()).isEqualTo(gtid(2));
	}

	@Test
	void staysSmallHoweverManyAreAdded() {
		for (int number = 1; number < 10_000; number += 2) {
			this.recent.add(gtid(number));
		}
		assertThat(this.recent.get().contains(gtid(9_999))).isTrue();
		assertThat(this.recent.get().toString()).hasSizeLessThan(300);
	}

	private void pass(int seconds) {
		this.now += Duration.ofSeconds(seconds).toNanos();
	}

	private static GtidSet gtid(int number) {
		return GtidSet.parse(uuid() + ":" + number);
	}

	private static String uuid() {
		return "3e11fa47-71ca-11e1-9e33-c80aa9429562";
	}

}
