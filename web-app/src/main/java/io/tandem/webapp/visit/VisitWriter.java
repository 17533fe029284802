package io.tandem.webapp.visit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import io.tandem.webapp.servedby.NodeProperties;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Adds batches of visits to the database, each exactly once.
 */
@Component
class VisitWriter {

	private static final String REMEMBER = """
			INSERT INTO visit_batch (node, batch) VALUES (?, ?) AS latest
			ON DUPLICATE KEY UPDATE batch = latest.batch""";

	private final JdbcTemplate jdbc;

	private final String node;

	VisitWriter(JdbcTemplate jdbc, NodeProperties node) {
		this.jdbc = jdbc;
		this.node = node.nodeName();
	}

	/**
	 * Adds a batch for the first time.
	 * @param batch the visits
	 */
	@Transactional
	void write(VisitBatch batch) {
		add(batch);
	}

	/**
	 * Adds a batch unless an earlier try succeeded without our hearing of it. FOR UPDATE
	 * waits for an earlier try that the server is still working on.
	 * @param batch the visits
	 */
	@Transactional
	void writeAgain(VisitBatch batch) {
		List<byte @Nullable []> latest = this.jdbc
			.queryForList("SELECT batch FROM visit_batch WHERE node = ? FOR UPDATE", byte[].class, this.node);
		if (latest.stream().noneMatch((id) -> Arrays.equals(id, batch.idBytes()))) {
			add(batch);
		}
	}

	private void add(VisitBatch batch) {
		// First, because writeAgain of this node waits for this row.
		this.jdbc.update(REMEMBER, this.node, batch.idBytes());
		List<Object> arguments = new ArrayList<>();
		for (Visits visits : batch.visits()) {
			arguments.add(visits.linkId());
			arguments.add(visits.number());
		}
		String rows = String.join(", ", Collections.nCopies(batch.visits().size(), "(?, ?)"));
		// IGNORE leaves out the links that were deleted in the meantime, to which no row
		// can refer.
		this.jdbc.update("""
				INSERT IGNORE INTO link_visits (link_id, visits) VALUES %s AS batch
				ON DUPLICATE KEY UPDATE visits = link_visits.visits + batch.visits""".formatted(rows),
				arguments.toArray());
	}

}
