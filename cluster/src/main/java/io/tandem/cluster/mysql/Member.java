package io.tandem.cluster.mysql;

import java.math.BigInteger;
import java.sql.SQLException;
import java.util.Map;

/**
 * A node's place in its replication group, as it sees it.
 *
 * @param state its own state, such as {@code ONLINE}; {@code OFFLINE} outside of a group
 * @param primary whether it is the one that takes writes
 * @param majority whether it can reach more than half of the members it knows of
 * @param size how many it knows of, itself too
 * @param view the membership it knows of, such as {@code 17953165186172801:6}: when the
 * group began, and how often its membership has changed
 */
record Member(String state, boolean primary, boolean majority, int size, String view) {

	private static final Member OUTSIDE = new Member("OFFLINE", false, false, 1, "0:0");

	private static final String QUERY = """
			SELECT MAX(IF(member_id = @@server_uuid, member_state, NULL)) AS own_state,
			       COALESCE(MAX(member_id = @@server_uuid AND member_role = 'PRIMARY'), 0) AS is_primary,
			       COALESCE(SUM(member_state = 'UNREACHABLE') * 2 < COUNT(*), 0) AS majority,
			       COUNT(*) AS size,
			       (SELECT view_id FROM performance_schema.replication_group_member_stats
			         WHERE member_id = @@server_uuid) AS known_view
			  FROM performance_schema.replication_group_members""";

	static Member of(Session session) throws SQLException {
		Map<String, String> row = session.row(QUERY);
		String state = row.getOrDefault("own_state", "");
		String view = row.getOrDefault("known_view", "");
		return state.isEmpty() ? OUTSIDE
				: new Member(state, "1".equals(row.get("is_primary")), "1".equals(row.get("majority")),
						Integer.parseInt(row.getOrDefault("size", "1")), view.contains(":") ? view : OUTSIDE.view());
	}

	/** Whether it takes part in the decisions of a group that can make some. */
	boolean works() {
		return this.state.equals("ONLINE") && this.majority;
	}

	/** Whether another one that works knows of a later membership, without this one. */
	boolean isOutdatedBy(Member other) {
		return other.works() && compare(this.view.split(":", 2), other.view.split(":", 2)) < 0;
	}

	private static int compare(String[] view, String[] other) {
		int began = new BigInteger(view[0]).compareTo(new BigInteger(other[0]));
		return (began != 0) ? began : new BigInteger(view[1]).compareTo(new BigInteger(other[1]));
	}

	boolean isOutside() {
		return this.state.equals("OFFLINE");
	}

	boolean isJoining() {
		return this.state.equals("RECOVERING") && this.majority;
	}

}
