package io.tandem.dbrouter.topology;

/**
 * What a server says of itself.
 *
 * @param uuid its UUID
 * @param version its version
 * @param writable whether neither read_only nor super_read_only is set
 * @param offline whether it is in offline mode
 * @param transactionIsolation its default isolation level, as in
 * {@link java.sql.Connection}
 * @param clock its clock, in microseconds since 1970
 * @param clockReadAt when the clock was read, in {@link System#nanoTime()}
 */
record Server(String uuid, String version, boolean writable, boolean offline, int transactionIsolation, long clock,
		long clockReadAt) {

	/**
	 * The server's clock at another moment.
	 * @param at the moment, in {@link System#nanoTime()}
	 * @return microseconds since 1970
	 */
	long clockAt(long at) {
		return this.clock + (at - this.clockReadAt) / 1000;
	}

}
