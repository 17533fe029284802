package io.tandem.dbrouter.consistency;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.tandem.dbrouter.gtid.GtidSet;
import io.tandem.dbrouter.routing.CausalOutcome;
import io.tandem.dbrouter.routing.Requirement;
import io.tandem.dbrouter.topology.Node;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Requires what another requirement does and remembers what the read may have seen, so
 * that later reads never see less. Only the end of the transaction knows: what its node
 * has executed by then covers the transaction's snapshot. That is one round trip more.
 *
 * @param requirement what must be seen
 * @param contexts where it is remembered
 */
record MonotonicRequirement(Requirement requirement, ConsistencyContexts contexts) implements Requirement {

	private static final Log logger = LogFactory.getLog(MonotonicRequirement.class);

	@Override
	public boolean isMetBy(Node replica) {
		return this.requirement.isMetBy(replica);
	}

	@Override
	public boolean mayWaitFor(Node replica) {
		return this.requirement.mayWaitFor(replica);
	}

	@Override
	public boolean await(Node replica, Connection connection) throws SQLException {
		return this.requirement.await(replica, connection);
	}

	@Override
	public Otherwise otherwise() {
		return this.requirement.otherwise();
	}

	@Override
	public void settled(CausalOutcome outcome) {
		this.requirement.settled(outcome);
	}

	@Override
	public void begun(Node node, Connection connection) {
		if (TransactionSynchronizationManager.isSynchronizationActive()) {
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void beforeCompletion() {
					remember(node, connection);
				}

			});
		}
	}

	private void remember(Node node, Connection connection) {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT @@GLOBAL.gtid_executed")) {
			row.next();
			GtidSet executed = GtidSet.parse(row.getString(1));
			node.advance(executed);
			this.contexts.seen(executed);
		}
		catch (SQLException ex) {
			logger.debug("What a read on " + node + " has seen is not known", ex);
		}
	}

	@Override
	public String toString() {
		return this.requirement.toString();
	}

}
