package io.tandem.dbrouter.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.tandem.dbrouter.ReadFallbackLimitException;
import io.tandem.dbrouter.failover.WriteGate;
import io.tandem.dbrouter.topology.Node;
import io.tandem.dbrouter.topology.SqlErrors;
import io.tandem.dbrouter.topology.TopologyMonitor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Takes connections for units of work: tries the candidates in order until one gives one.
 */
final class NodeConnections {

	private static final Log logger = LogFactory.getLog(NodeConnections.class);

	private final Members members;

	private final RoutePlanner planner;

	private final TopologyMonitor monitor;

	private final WriteGate gate;

	private final RouteEvents events;

	private final Causality causality;

	private final FallbackLimit fallbackLimit;

	NodeConnections(Members members, RoutePlanner planner, TopologyMonitor monitor, WriteGate gate, RouteEvents events,
			RoutingSettings settings, Causality causality) {
		this.members = members;
		this.planner = planner;
		this.monitor = monitor;
		this.gate = gate;
		this.events = events;
		this.causality = causality;
		this.fallbackLimit = new FallbackLimit(settings.fallbackLimit(), settings.fallbackWait());
	}

	/**
	 * The candidates for a unit of work of this thread.
	 */
	List<Candidate> candidates() {
		return TransactionView.isReadOnly() ? this.planner.reads(this.members.roles(), this.causality.requirement())
				: this.planner.writes(this.members.roles(), TransactionView.writeReason());
	}

	/**
	 * Takes a connection for a unit of work of this thread.
	 * @param preparation what to do with it first; if it fails, the next node is tried
	 */
	RoutedUse take(Preparation preparation) throws SQLException {
		return TransactionView.isReadOnly() ? takeForRead(preparation) : takeForWrite(preparation);
	}

	/** Nothing has been sent yet: it may wait for a primary, or for another one. */
	private RoutedUse takeForWrite(Preparation preparation) throws SQLException {
		long deadline = this.gate.deadline();
		while (true) {
			Roles roles = this.members.roles();
			List<Candidate> candidates = this.planner.writes(roles, TransactionView.writeReason());
			SQLException lastError = null;
			if (this.gate.isOpen(roles.topology())) {
				for (Candidate candidate : candidates) {
					try {
						return taken(open(candidate.route(), preparation));
					}
					catch (SQLException ex) {
						lastError = failed(candidate.route(), ex);
					}
				}
			}
			boolean hopeless = lastError != null && !SqlErrors.isConnectionFailure(lastError);
			if (hopeless || !this.gate.await(roles.topology(), deadline)) {
				throw NoNode.forWrite(this.monitor.topology(), candidates, lastError);
			}
		}
	}

	private RoutedUse takeForRead(Preparation preparation) throws SQLException {
		Roles roles = this.members.roles();
		Requirement requirement = this.causality.requirement();
		SQLException lastError = null;
		boolean waited = false;
		for (Candidate candidate : this.planner.reads(roles, requirement)) {
			if (waited && candidate.mustWait()) {
				continue;
			}
			try {
				RoutedUse use = open(candidate.route(), preparation);
				if (!candidate.mustWait() || await(use, requirement)) {
					requirement.settled(candidate.outcome());
					requirement.begun(use.route().node(), use.connection());
					return taken(use);
				}
				waited = true;
				use.discard();
			}
			catch (ReadFallbackLimitException ex) {
				lastError = ex;
			}
			catch (SQLException ex) {
				lastError = failed(candidate.route(), ex);
			}
		}
		requirement.settled(CausalOutcome.FAILED);
		if (lastError instanceof ReadFallbackLimitException) {
			throw lastError;
		}
		throw NoNode.forRead(roles.topology(), requirement, lastError);
	}

	private RoutedUse taken(RoutedUse use) {
		use.atEnd(this.events.routed(use.route()));
		return use;
	}

	private static boolean await(RoutedUse use, Requirement requirement) throws SQLException {
		use.touch();
		try {
			return requirement.await(use.route().node(), use.connection());
		}
		catch (SQLException ex) {
			use.discard();
			throw ex;
		}
	}

	private SQLException failed(Route route, SQLException ex) {
		this.monitor.suspect(route.node());
		logger.debug("No connection to " + route.node(), ex);
		return ex;
	}

	private RoutedUse open(Route route, Preparation preparation) throws SQLException {
		Place place = Place.take(route, this.fallbackLimit);
		RoutedUse use;
		try {
			use = new RoutedUse(this, route, route.node().getConnection(), place);
		}
		catch (SQLException | RuntimeException ex) {
			place.leave();
			throw ex;
		}
		try {
			preparation.prepare(use);
			return use;
		}
		catch (SQLException ex) {
			use.discard();
			throw ex;
		}
	}

	/**
	 * Takes a connection to any node that is up, for questions that every node answers
	 * alike.
	 */
	Connection takeAny() throws SQLException {
		SQLException lastError = null;
		Roles roles = this.members.roles();
		for (Member member : roles.anyUp()) {
			try {
				return member.node().getConnection();
			}
			catch (SQLException ex) {
				lastError = ex;
			}
		}
		throw NoNode.forMetaData(roles.topology(), lastError);
	}

	RouteEvents events() {
		return this.events;
	}

	/** A node failed: others are tried before it until it was looked at. */
	void suspect(Node node) {
		this.monitor.suspect(node);
	}

	/** The roles may have changed. */
	void probeAll() {
		this.monitor.probeAll();
	}

	/** What a fresh connection needs before its first statement. */
	@FunctionalInterface
	interface Preparation {

		void prepare(RoutedUse use) throws SQLException;

	}

}
