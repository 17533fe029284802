package io.tandem.dbrouter.failover;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.tandem.dbrouter.topology.Account;
import io.tandem.dbrouter.topology.Node;
import io.tandem.dbrouter.topology.SqlErrors;

/**
 * The statements that take back what was done, in reverse order.
 */
final class Reversal {

	private final Account admin;

	private final Deque<Step> steps = new ArrayDeque<>();

	Reversal(Account admin) {
		this.admin = admin;
	}

	void add(Node node, String... statements) {
		this.steps.push(new Step(node, List.of(statements)));
	}

	void forget() {
		this.steps.clear();
	}

	/**
	 * Takes everything back, over new sessions: the old ones may be what broke.
	 * @return the statements that could not be executed and why, empty if all is as it
	 * was
	 */
	List<String> run() {
		List<String> failures = new ArrayList<>();
		while (!this.steps.isEmpty()) {
			Step step = this.steps.pop();
			try (AdminSession session = new AdminSession(step.node(), this.admin)) {
				for (String statement : step.statements()) {
					session.execute(statement);
				}
			}
			catch (SQLException ex) {
				failures.add(
						step.node() + ": " + String.join("; ", step.statements()) + " (" + SqlErrors.oneLine(ex) + ")");
			}
		}
		return failures;
	}

	/**
	 * What takes one step back.
	 *
	 * @param node where
	 * @param statements what
	 */
	private record Step(Node node, List<String> statements) {
	}

}
