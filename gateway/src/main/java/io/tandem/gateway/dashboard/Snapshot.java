package io.tandem.gateway.dashboard;

import java.util.List;

import io.tandem.gateway.balance.InstanceStatus;
import io.tandem.gateway.health.HealthReport;
import org.jspecify.annotations.Nullable;

/**
 * The whole cluster at one moment, as the page gets it.
 *
 * @param time in milliseconds since 1970
 * @param node the gateway that tells it
 * @param tier the group of instances that serves, or null if none may
 * @param semiSync whether a commit waits for a replica, or null if nobody says
 * @param events the latest, which the page may know already
 */
record Snapshot(long time, String node, String algorithm, @Nullable String tier, List<Gateway> gateways,
		List<Instance> instances, List<Traffic.Flow> requests, List<Database> databases, List<Use> uses,
		@Nullable Boolean semiSync, Series.@Nullable Point point, List<Event> events) {

	/**
	 * A gateway.
	 *
	 * @param self whether it is the one that tells
	 * @param address of its management, for one whose name is not known yet
	 */
	record Gateway(String name, boolean up, boolean self, double rate, @Nullable String address) {

	}

	/**
	 * An instance; its requests in flight are those of all gateways.
	 *
	 * @param safeToStop whether every gateway answers, and none sends it anything or
	 * waits for it
	 */
	record Instance(InstanceStatus balancing, HealthReport health, int inFlight, @Nullable Long oldestMillis,
			boolean safeToStop) {

	}

	/**
	 * A database node.
	 *
	 * @param state as the instances' db-router names it
	 * @param disagreeing instances that see it otherwise
	 */
	record Database(String name, String state, @Nullable Double lagMillis, List<String> disagreeing) {

	}

	/** Units of work a second that an instance takes to a database node. */
	record Use(String from, String to, double reads, double writes) {

	}

}
