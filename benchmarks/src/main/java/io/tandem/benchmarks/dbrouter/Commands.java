package io.tandem.benchmarks.dbrouter;

import java.util.List;
import java.util.function.Predicate;

import io.tandem.cluster.network.ClientCommand;
import io.tandem.cluster.network.Traffic;

/**
 * How many commands the application sent.
 *
 * @param primary to the primary
 * @param replica to the replica
 */
record Commands(long primary, long replica) {

	private static final List<String> PROBES = List.of("performance_schema", "@@global.", "gtid_executed");

	static Commands of(Traffic primary, Traffic replica) {
		return new Commands(count(primary), count(replica));
	}

	/** Probes are on connections of their own and run whether there is work or not. */
	private static long count(Traffic traffic) {
		List<Long> probing = traffic.commands()
			.stream()
			.filter((command) -> PROBES.stream().anyMatch(command.sql()::contains))
			.map(ClientCommand::connection)
			.distinct()
			.toList();
		return traffic.commands()
			.stream()
			.filter(Predicate.not((command) -> probing.contains(command.connection())))
			.count();
	}

	long total() {
		return this.primary + this.replica;
	}

	/**
	 * How many commands of one transaction, when {@code count} transactions were done.
	 */
	double per(int count) {
		return (double) total() / count;
	}

}
