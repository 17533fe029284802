package io.tandem.dbrouter.topology;

import org.jspecify.annotations.Nullable;

/**
 * What the evaluator remembers of one node. Not thread-safe.
 */
final class NodeMemory {

	private final int downAfter;

	private @Nullable ProbeResult last;

	private @Nullable Observation observation;

	private int missed;

	private @Nullable Long disconnectedSince;

	private @Nullable Long candidateSince;

	private @Nullable Lag lag;

	private final LagAdmission admission = new LagAdmission();

	private NodeState state = NodeState.UNKNOWN;

	private String serverUuid = "";

	/**
	 * Creates an empty memory.
	 * @param downAfter how many probes in a row have to be missed before what was seen no
	 * longer counts
	 */
	NodeMemory(int downAfter) {
		this.downAfter = downAfter;
	}

	void accept(ProbeResult result) {
		this.last = result;
		Observation seen = result.observation();
		this.missed = (result.outcome() == ProbeResult.Outcome.MISSED) ? this.missed + 1 : 0;
		if (seen != null || result.outcome() != ProbeResult.Outcome.MISSED || this.missed >= this.downAfter) {
			this.observation = seen;
		}
		if (seen != null) {
			this.serverUuid = seen.server().uuid();
		}
		if (this.observation == null || !this.observation.isCandidate()) {
			this.candidateSince = null;
		}
		else if (this.candidateSince == null) {
			this.candidateSince = result.startedAt();
		}
		if (seen == null || seen.isReceiving()) {
			this.disconnectedSince = null;
		}
		else if (this.disconnectedSince == null) {
			this.disconnectedSince = result.startedAt();
		}
	}

	/** Takes note of the lag and decides whether it is too much. */
	void lag(@Nullable Lag now, LagLimit limit) {
		this.lag = now;
		if (now != null && this.last != null) {
			this.admission.accept(now, limit, this.last.startedAt());
		}
	}

	void become(NodeState now) {
		this.state = now;
	}

	@Nullable ProbeResult last() {
		return this.last;
	}

	/** What was seen and still counts. */
	@Nullable Observation observation() {
		return this.observation;
	}

	boolean isLookedAt() {
		return this.last != null;
	}

	/** Since when it has been without its source, {@code null} if it is not. */
	@Nullable Long disconnectedSince() {
		return this.disconnectedSince;
	}

	/** Another node has taken its place: what was seen no longer counts. */
	void giveUp() {
		this.observation = null;
		this.candidateSince = null;
	}

	/** Whether the last probe was missed though what was seen before still counts. */
	boolean isMissed() {
		return this.missed > 0;
	}

	/** For how many nanoseconds of its probes' time it has been a candidate. */
	long candidateFor() {
		return (this.candidateSince != null && this.last != null) ? this.last.startedAt() - this.candidateSince : 0;
	}

	@Nullable Lag lag() {
		return this.lag;
	}

	boolean isLagging() {
		return this.admission.isLagging();
	}

	/** Whether it took reads until now. */
	boolean wasRoutable() {
		return this.state.isRoutable();
	}

	String serverUuid() {
		return this.serverUuid;
	}

}
