package io.tandem.dbrouter.endpoint;

import java.util.List;
import java.util.Map;

import io.tandem.dbrouter.failover.Event;
import io.tandem.dbrouter.failover.FailoverWatch;
import io.tandem.dbrouter.failover.LostTransactions;
import io.tandem.dbrouter.failover.Switchover;
import io.tandem.dbrouter.failover.SwitchoverException;
import io.tandem.dbrouter.failover.WriteGate;
import io.tandem.dbrouter.topology.Lag;
import io.tandem.dbrouter.topology.Node;
import io.tandem.dbrouter.topology.NodeStatus;
import io.tandem.dbrouter.topology.Topology;
import io.tandem.dbrouter.topology.TopologyMonitor;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * The endpoint {@code dbrouter}: {@code GET} shows the nodes, the gate and what happened,
 * {@code POST switchover} makes a replica the primary. Not exposed by default, and
 * writing needs {@code management.endpoint.dbrouter.access=unrestricted}.
 */
@Endpoint(id = "dbrouter", defaultAccess = Access.READ_ONLY)
public final class DbRouterEndpoint {

	private static final int CONFLICT = 409;

	private final TopologyMonitor monitor;

	private final WriteGate gate;

	private final FailoverWatch watch;

	private final Switchover switchover;

	/**
	 * Creates the endpoint.
	 * @param monitor knows the nodes
	 * @param gate where writes wait
	 * @param watch knows what happened
	 * @param switchover makes a replica the primary
	 */
	public DbRouterEndpoint(TopologyMonitor monitor, WriteGate gate, FailoverWatch watch, Switchover switchover) {
		this.monitor = monitor;
		this.gate = gate;
		this.watch = watch;
		this.switchover = switchover;
	}

	/**
	 * Shows all nodes.
	 * @return what is known of them
	 */
	@ReadOperation
	public Overview overview() {
		Topology topology = this.monitor.topology();
		return new Overview(topology.primary(), topology.isSplit() ? topology.writable() : List.of(),
				topology.semiSync().toString(), topology.nodes().stream().map(this::describe).toList(),
				new Gate(!this.gate.isHolding(), this.gate.waiting()), lost(), this.watch.failovers(),
				this.watch.events());
	}

	private NodeDescription describe(NodeStatus status) {
		Node node = this.monitor.node(status.name());
		Lag lag = (node != null) ? node.lag() : null;
		return new NodeDescription(status.name(), (node != null) ? node.url().server() : "", status.state().name(),
				status.reason(), status.lastError(), (lag != null) ? lag.time().toNanos() / 1000 : null,
				(lag != null) ? lag.transactions() : null, (node != null) ? node.executed().toString() : "");
	}

	private @Nullable Lost lost() {
		LostTransactions lost = this.watch.lost();
		return (lost != null) ? new Lost(lost.from(), lost.to(), lost.count(), lost.gtids().toString()) : null;
	}

	/**
	 * Makes a replica the primary.
	 * @param operation {@code switchover}
	 * @param to the replica, or nothing for the one that is least behind
	 * @return what was done: 200; 409 and the reason if it did not take place; 404 for
	 * another operation
	 */
	@WriteOperation
	public WebEndpointResponse<Object> operate(@Selector String operation, @Nullable String to) {
		if (!operation.equals("switchover")) {
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
		try {
			return new WebEndpointResponse<>(this.switchover.run(to));
		}
		catch (SwitchoverException ex) {
			return new WebEndpointResponse<>(Map.of("message", String.valueOf(ex.getMessage())), CONFLICT);
		}
	}

	/**
	 * All there is to see.
	 *
	 * @param primary the primary, {@code null} if there is none
	 * @param writable the writable nodes if there is more than one
	 * @param semiSync semi-synchronous replication
	 * @param nodes the nodes
	 * @param gate where writes wait
	 * @param lostTransactions what the primary is known to lack
	 * @param failovers how often there was a primary again
	 * @param events what happened, the oldest first
	 */
	public record Overview(@Nullable String primary, List<String> writable, String semiSync,
			List<NodeDescription> nodes, Gate gate, @Nullable Lost lostTransactions, long failovers,
			List<Event> events) {
	}

	/**
	 * A node.
	 *
	 * @param name its name
	 * @param server its address
	 * @param state its state
	 * @param reason why
	 * @param lastError the error behind it
	 * @param lagMicros how far it is behind, in microseconds
	 * @param missingTransactions how many transactions of the primary it lacks
	 * @param executed the transactions it is known to have executed
	 */
	public record NodeDescription(String name, String server, String state, String reason, @Nullable String lastError,
			@Nullable Long lagMicros, @Nullable Long missingTransactions, String executed) {
	}

	/**
	 * Where writes wait.
	 *
	 * @param open whether they pass
	 * @param waiting how many wait
	 */
	public record Gate(boolean open, int waiting) {
	}

	/**
	 * What the primary is known to lack.
	 *
	 * @param from the former primary
	 * @param to the present one
	 * @param transactions how many
	 * @param gtids which
	 */
	public record Lost(String from, String to, long transactions, String gtids) {
	}

}
