package io.tandem.dbrouter.topology;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * With a limit of 5 s, three good probes and a clock that only these tests move.
 */
class LagTests {

	private static final String UUID_1 = "11111111-0000-0000-0000-000000000000";

	private static final String UUID_2 = "22222222-0000-0000-0000-000000000000";

	private static final Duration STEP = Duration.ofMillis(500);

	private final TopologyEvaluator evaluator = new TopologyEvaluator(List.of("mysql-1", "mysql-2"),
			new EvaluationRules(Duration.ofSeconds(1), 2, new LagLimit(Duration.ofSeconds(5), 3)));

	private long now = Duration.ofHours(1).toNanos();

	private long committed;

	private boolean primaryAlive = true;

	@BeforeEach
	void watchForAMinute() {
		for (int i = 0; i < 120; i++) {
			round(0);
		}
	}

	@Test
	void replicaThatHasEverythingIsNotBehind() {
		round(0);
		assertThat(lag()).isEqualTo(Lag.NONE);
	}

	@Test
	void changesThatHaveNotArrivedCountFromWhenThePrimaryHadThem() {
		for (int i = 0; i < 5; i++) {
			round(i);
		}
		assertThat(lag()).isEqualTo(new Lag(STEP.multipliedBy(3), 4));
	}

	@Test
	void ageOfTheChangeThatIsAppliedCountsToTheMicrosecond() {
		round(0);
		long commitAt = this.now / 1000 - 1_234_567;
		this.evaluator.accept("mysql-2", ProbeResult.observed(Seen.of(UUID_2, false, executed(this.committed),
				this.now + skew(), SemiSync.OFF, Seen.waiting(UUID_1, commitAt)), this.now));
		assertThat(lag().time()).isEqualTo(Duration.ofNanos(1_234_567_000));
	}

	@Test
	void lagStandsStillWhileThePrimaryIsGone() {
		for (int i = 0; i < 5; i++) {
			round(i);
		}
		Duration before = lag().time();
		this.primaryAlive = false;
		for (int i = 0; i < 100; i++) {
			round(4);
		}
		assertThat(lag().time()).isEqualTo(before);
		assertThat(state()).isEqualTo(NodeState.REPLICA);
	}

	@Test
	void replicaTakesNoReadsAboveTheLimitAndAgainBelowHalfOfItForThreeProbes() {
		assertThat(states(0, 11, 12, 13, 9, 6, 6, 6, 5, 5, 5)).containsExactly(NodeState.REPLICA, NodeState.REPLICA,
				NodeState.LAGGING, NodeState.LAGGING, NodeState.LAGGING, NodeState.LAGGING, NodeState.LAGGING,
				NodeState.LAGGING, NodeState.LAGGING, NodeState.LAGGING, NodeState.REPLICA);
	}

	@Test
	void lagThatSwingsAroundTheLimitDoesNotFlap() {
		assertThat(changesInFiveMinutes(11, 3)).isEqualTo(1);
	}

	@Test
	void lagThatSwingsFarBelowTheLimitDoesNotFlapForLong() {
		assertThat(changesInFiveMinutes(8, 8)).isLessThanOrEqualTo(9);
		assertThat(changesInFiveMinutes(8, 8)).isLessThanOrEqualTo(1);
	}

	private int changesInFiveMinutes(int middle, int swing) {
		int changes = 0;
		NodeState before = state();
		for (int i = 0; i < 600; i++) {
			round(middle + (int) Math.round(swing * Math.sin(i / 3.0)));
			changes += (state() != before) ? 1 : 0;
			before = state();
		}
		return changes;
	}

	@Test
	void laggingReplicaAnswersWhenNobodyElseCan() {
		states(0, 20);
		assertThat(state()).isEqualTo(NodeState.LAGGING);
		this.primaryAlive = false;
		round(20);
		assertThat(state()).isEqualTo(NodeState.REPLICA);
	}

	@Test
	void delayedReplicaNeverAnswers() {
		round(0);
		for (boolean alive : List.of(true, false)) {
			this.primaryAlive = alive;
			primary();
			this.evaluator.accept("mysql-2", ProbeResult.observed(Seen.of(UUID_2, false, executed(this.committed),
					this.now, SemiSync.OFF, Seen.delayed(UUID_1, Duration.ofSeconds(1))), this.now));
			assertThat(state()).isEqualTo(NodeState.LAGGING);
		}
	}

	@Test
	void whatOnlyTheFormerPrimaryHadIsNotMissedForEver() {
		round(0);
		round(3);
		this.primaryAlive = false;
		round(3);
		this.evaluator.accept("mysql-2", ProbeResult
			.observed(Seen.of(UUID_2, true, executed(this.committed - 3), this.now, SemiSync.OFF), this.now));
		this.evaluator.accept("mysql-1", ProbeResult.observed(Seen.of(UUID_1, false, executed(this.committed - 3),
				this.now, SemiSync.OFF, Seen.channel("", "ON", true, UUID_2, "")), this.now));
		assertThat(this.evaluator.lag("mysql-1")).isEqualTo(Lag.NONE);
	}

	private List<NodeState> states(int... behind) {
		List<NodeState> states = new ArrayList<>();
		for (int steps : behind) {
			round(steps);
			states.add(state());
		}
		return states;
	}

	/**
	 * Half a second in which the primary commits once; the replica is some steps behind.
	 */
	private void round(int stepsBehind) {
		primary();
		this.evaluator.accept("mysql-2",
				ProbeResult.observed(Seen.of(UUID_2, false, executed(this.committed - stepsBehind), this.now + skew(),
						SemiSync.OFF, Seen.channel("", "ON", true, UUID_1, "")), this.now));
	}

	private void primary() {
		this.now += STEP.toNanos();
		if (this.primaryAlive) {
			this.committed++;
			if (this.committed == 1) {
				this.committed = 1000;
			}
			this.evaluator.accept("mysql-1", ProbeResult
				.observed(Seen.of(UUID_1, true, executed(this.committed), this.now, SemiSync.OFF), this.now));
		}
		else {
			this.evaluator.accept("mysql-1", ProbeResult.refused("Connection refused", this.now));
		}
	}

	/** The replica's clock is an hour wrong. */
	private static long skew() {
		return Duration.ofHours(1).toNanos();
	}

	private static String executed(long last) {
		return UUID_1 + ":1-" + last;
	}

	private Lag lag() {
		return Objects.requireNonNull(this.evaluator.lag("mysql-2"));
	}

	private NodeState state() {
		return this.evaluator.evaluate().node("mysql-2").orElseThrow().state();
	}

}
