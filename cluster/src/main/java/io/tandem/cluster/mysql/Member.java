package io.tandem.cluster.mysql;

import java.sql.SQLException;
import java.util.List;

/**
 * A node's place in its replication group, as it sees it.
 *
 * @param state its own state, such as {@code ONLINE}; {@code OFFLINE} outside of a group
 * @param primary whether it is the one that takes writes
 * @param majority whether it can reach more than half of the members it knows of
 */
record Member(String state, boolean primary, boolean majority) {

	private static final Member OUTSIDE = new Member("OFFLINE", false, false);

	private static final String QUERY = """
			SELECT MAX(IF(member_id = @@server_uuid, member_state, NULL)),
			       COALESCE(MAX(member_id = @@server_uuid AND member_role = 'PRIMARY'), 0),
			       COALESCE(SUM(member_state = 'UNREACHABLE') * 2 < COUNT(*), 0)
			  FROM performance_schema.replication_group_members""";

	static Member of(Session session) throws SQLException {
		List<String> row = session.row(QUERY);
		return row.getFirst().isEmpty() ? OUTSIDE
				: new Member(row.getFirst(), row.get(1).equals("1"), row.get(2).equals("1"));
	}

	/** Whether it takes part in the decisions of a group that can make some. */
	boolean works() {
		return this.state.equals("ONLINE") && this.majority;
	}

	boolean isOutside() {
		return this.state.equals("OFFLINE");
	}

	boolean isJoining() {
		return this.state.equals("RECOVERING") && this.majority;
	}

}
