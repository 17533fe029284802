package io.tandem.dbrouter.routing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * What a statement does as far as a read-only transaction is concerned.
 *
 * @param write what writes in it, like {@code INSERT}, or {@code null}
 * @param calls whether it calls a stored procedure: nobody knows what that does
 */
record StatementKind(@Nullable String write, boolean calls) {

	private static final int MOST = 2_000;

	private static final int LONGEST = 4_096;

	private static final Map<String, StatementKind> KNOWN = new ConcurrentHashMap<>();

	/** Looks at a statement once, if it is of those that come again. */
	static StatementKind of(String sql) {
		StatementKind known = KNOWN.get(sql);
		if (known == null) {
			known = new StatementKind(SqlWrites.find(sql), SqlWrites.calls(sql));
			if (sql.length() <= LONGEST && KNOWN.size() < MOST) {
				KNOWN.put(sql, known);
			}
		}
		return known;
	}

}
