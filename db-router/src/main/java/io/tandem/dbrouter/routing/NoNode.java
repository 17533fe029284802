package io.tandem.dbrouter.routing;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;

import io.tandem.dbrouter.PrimaryUnavailableException;
import io.tandem.dbrouter.topology.SqlErrors;
import io.tandem.dbrouter.topology.Topology;
import org.jspecify.annotations.Nullable;

/**
 * What a unit of work is told that found no node.
 */
final class NoNode {

	private NoNode() {
	}

	static SQLException forWrite(Topology topology, List<Candidate> tried, @Nullable SQLException lastError) {
		String what = tried.isEmpty() ? "No node is the primary"
				: "The primary " + tried.get(0).route().node() + " gave no connection";
		return new PrimaryUnavailableException(
				what + ", so nothing can be written. Nodes: " + topology.describe() + last(lastError), lastError);
	}

	static SQLException forRead(Topology topology, Requirement requirement, @Nullable SQLException lastError) {
		String what = requirement.equals(Requirement.NONE) ? "" : " that must see " + requirement;
		return unavailable("No node can answer a read" + what + ". Nodes: " + topology.describe() + last(lastError),
				lastError);
	}

	static SQLException forMetaData(Topology topology, @Nullable SQLException lastError) {
		return unavailable("No node can be asked for its metadata. Nodes: " + topology.describe(), lastError);
	}

	private static String last(@Nullable SQLException lastError) {
		return (lastError != null) ? "; last error: " + SqlErrors.oneLine(lastError) : "";
	}

	private static SQLException unavailable(String message, @Nullable SQLException lastError) {
		SQLException failure = new SQLTransientConnectionException(message, "08001");
		if (lastError != null) {
			failure.addSuppressed(lastError);
		}
		return failure;
	}

}
