package io.tandem.cluster.network;

/**
 * A command that a client sent to a MySQL server.
 *
 * @param connection the connection it came on: the first one through the proxy is 1
 * @param kind its kind, such as {@code COM_QUERY} or {@code COM_PING}
 * @param sql its SQL, empty if it carries none
 */
public record ClientCommand(long connection, String kind, String sql) {

	/** How MySQL names the commands that a present client sends; others by number. */
	static String kind(int code) {
		return switch (code) {
			case 0x01 -> "COM_QUIT";
			case 0x02 -> "COM_INIT_DB";
			case 0x03 -> "COM_QUERY";
			case 0x0e -> "COM_PING";
			case 0x11 -> "COM_CHANGE_USER";
			case 0x16 -> "COM_STMT_PREPARE";
			case 0x17 -> "COM_STMT_EXECUTE";
			case 0x18 -> "COM_STMT_SEND_LONG_DATA";
			case 0x19 -> "COM_STMT_CLOSE";
			case 0x1a -> "COM_STMT_RESET";
			case 0x1b -> "COM_SET_OPTION";
			case 0x1c -> "COM_STMT_FETCH";
			case 0x1f -> "COM_RESET_CONNECTION";
			default -> "COM_" + code;
		};
	}

	@Override
	public String toString() {
		return this.sql.isEmpty() ? this.kind : this.sql;
	}

}
