package io.tandem.dbrouter.routing;

import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a statement writes, from its words outside of comments and quotes. It
 * errs on the side of reading: the server refuses what it misses.
 */
final class SqlWrites {

	private static final Set<String> WRITES = Set.of("INSERT", "UPDATE", "DELETE", "REPLACE", "LOAD", "IMPORT",
			"CREATE", "ALTER", "DROP", "TRUNCATE", "RENAME", "GRANT", "REVOKE", "LOCK", "OPTIMIZE", "REPAIR", "ANALYZE",
			"INSTALL", "UNINSTALL");

	private static final Set<String> AFTER_WITH = Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "TABLE",
			"VALUES");

	private final String sql;

	private int position;

	private int depth;

	private SqlWrites(String sql) {
		this.sql = sql;
	}

	/**
	 * Looks for a write.
	 * @param sql a statement, or several with semicolons between them
	 * @return what writes, like {@code INSERT} or {@code SELECT … FOR UPDATE}, or
	 * {@code null}
	 */
	static @Nullable String find(String sql) {
		return new SqlWrites(sql).find();
	}

	/**
	 * Looks for a call of a stored procedure.
	 * @param sql a statement, or several with semicolons between them
	 * @return whether one is called, also in JDBC's notation
	 */
	static boolean calls(String sql) {
		SqlWrites words = new SqlWrites(sql);
		String word = words.nextWord();
		while (word != null) {
			if (word.equals("CALL")) {
				return true;
			}
			word = words.nextStatement();
		}
		return false;
	}

	private @Nullable String find() {
		String write = null;
		String word = nextWord();
		while (word != null && write == null) {
			write = statement(word);
			word = nextStatement();
		}
		return write;
	}

	/** Reads to the statement's end unless it is found out before. */
	private @Nullable String statement(String first) {
		String verb = first;
		if (verb.equals("WITH")) {
			int outside = this.depth;
			while (verb != null && !(this.depth == outside && AFTER_WITH.contains(verb))) {
				verb = nextWord();
			}
		}
		if (verb == null) {
			return null;
		}
		if (WRITES.contains(verb)) {
			return verb;
		}
		return (verb.equals("SELECT") || verb.equals("TABLE") || verb.equals("VALUES")) ? lockingRead(verb) : null;
	}

	private @Nullable String lockingRead(String verb) {
		String before = "";
		for (String word = nextWord(); word != null; word = nextWord()) {
			if (before.equals("FOR") && (word.equals("UPDATE") || word.equals("SHARE"))) {
				return verb + " … FOR " + word;
			}
			if (before.equals("LOCK") && word.equals("IN")) {
				return verb + " … LOCK IN SHARE MODE";
			}
			before = word;
		}
		return null;
	}

	/** Skips the rest of this statement and finds the first word of the next. */
	private @Nullable String nextStatement() {
		while (nextWord() != null) {
			// Only its end is of interest.
		}
		String word = null;
		while (word == null && this.position < this.sql.length()) {
			this.position++;
			this.depth = 0;
			word = nextWord();
		}
		return word;
	}

	/**
	 * The next word in capitals; null at the end and, without passing it, at a semicolon.
	 */
	private @Nullable String nextWord() {
		while (this.position < this.sql.length()) {
			char next = this.sql.charAt(this.position);
			if (next == ';') {
				return null;
			}
			if (Character.isLetter(next) || next == '_') {
				return word();
			}
			skip(next);
		}
		return null;
	}

	private String word() {
		int start = this.position;
		while (this.position < this.sql.length() && isWordPart(this.sql.charAt(this.position))) {
			this.position++;
		}
		return this.sql.substring(start, this.position).toUpperCase(Locale.ROOT);
	}

	private static boolean isWordPart(char next) {
		return Character.isLetterOrDigit(next) || next == '_' || next == '$';
	}

	private void skip(char next) {
		if (next == '\'' || next == '"' || next == '`') {
			skipQuoted(next);
		}
		else if (next == '#' || isLineComment()) {
			skipTo("\n");
		}
		else if (this.sql.startsWith("/*!", this.position)) {
			// The server executes what is in it.
			this.position += 3;
		}
		else if (this.sql.startsWith("/*", this.position)) {
			skipTo("*/");
		}
		else if (next == '.' || next == '@' || next == ':' || Character.isDigit(next)) {
			skipName();
		}
		else {
			this.depth += (next == '(') ? 1 : (next == ')') ? -1 : 0;
			this.position++;
		}
	}

	private boolean isLineComment() {
		return this.sql.startsWith("--", this.position) && (this.position + 2 == this.sql.length()
				|| Character.isWhitespace(this.sql.charAt(this.position + 2)));
	}

	private void skipTo(String end) {
		int found = this.sql.indexOf(end, this.position);
		this.position = (found < 0) ? this.sql.length() : found + end.length();
	}

	/** What follows a dot, an at sign, a colon or a digit is no keyword. */
	private void skipName() {
		this.position++;
		while (this.position < this.sql.length() && isWordPart(this.sql.charAt(this.position))) {
			this.position++;
		}
	}

	/** A doubled quote looks like two strings, which is just as well. */
	private void skipQuoted(char quote) {
		this.position++;
		while (this.position < this.sql.length()) {
			char next = this.sql.charAt(this.position++);
			if (next == '\\' && quote != '`') {
				this.position++;
			}
			else if (next == quote) {
				return;
			}
		}
	}

}
