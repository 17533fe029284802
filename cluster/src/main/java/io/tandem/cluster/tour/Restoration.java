package io.tandem.cluster.tour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.tandem.cluster.Cluster;
import io.tandem.cluster.ClusterStatus;
import io.tandem.cluster.NodeStatus;
import io.tandem.cluster.process.NodeProcess;

/**
 * Restores one thing after the other and keeps what could not be.
 */
final class Restoration {

	/** For how long nodes are healed in all; the last attempt may take longer. */
	private static final Duration WELL_WITHIN = Duration.ofSeconds(100);

	private static final Duration PAUSE = Duration.ofMillis(500);

	private final long deadline = System.nanoTime() + WELL_WITHIN.toNanos();

	private final Cluster cluster;

	private final List<String> left = new ArrayList<>();

	private String failure = "";

	Restoration(Cluster cluster) {
		this.cluster = cluster;
	}

	/**
	 * Heals the nodes until all are well: one that is on its way up or down is nothing
	 * that a single attempt could help.
	 * @return how they are then
	 */
	ClusterStatus makeWell() {
		ClusterStatus status = healed();
		while (!status.isHealthy() && System.nanoTime() < this.deadline) {
			NodeProcess.pause(PAUSE);
			status = healed();
		}
		return status;
	}

	private ClusterStatus healed() {
		try {
			this.cluster.heal((progress) -> {
			});
			this.failure = "";
		}
		catch (RuntimeException ex) {
			this.failure = String.valueOf(ex.getMessage());
		}
		return this.cluster.status();
	}

	/**
	 * Restores something.
	 * @param step restores it
	 * @param otherwise what is the case if that fails
	 * @param remedy what to do then
	 */
	void attempt(Step step, String otherwise, String remedy) {
		try {
			step.perform();
		}
		catch (Exception ex) {
			this.left.add(otherwise + " (" + ex.getMessage() + "): " + remedy);
		}
	}

	/**
	 * Looks once more, for a node may have had a problem since.
	 * @return what is not as it was, each with what to do
	 */
	List<String> conclude() {
		ClusterStatus status = this.cluster.status();
		List<NodeStatus> unwell = (status.isHealthy() ? status : makeWell()).nodes()
			.stream()
			.filter((node) -> node.state() != NodeStatus.State.UP)
			.toList();
		unwell.forEach((node) -> this.left.add(node.node() + " is " + node.state().name().toLowerCase(Locale.ROOT)
				+ ": ./tandem restart " + node.node()));
		if (!unwell.isEmpty() && !this.failure.isEmpty()) {
			this.left.add(this.failure);
		}
		return List.copyOf(this.left);
	}

	/** Restores something. */
	@FunctionalInterface
	interface Step {

		void perform() throws Exception;

	}

}
