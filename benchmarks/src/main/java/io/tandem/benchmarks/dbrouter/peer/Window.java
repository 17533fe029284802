package io.tandem.benchmarks.dbrouter.peer;

/**
 * What a peer did under load for some seconds.
 *
 * @param seconds how long it took
 * @param reads read-only transactions that succeeded
 * @param writes transactions with an update that succeeded
 * @param errors transactions that failed
 * @param cpuSeconds CPU time of the peer's process
 * @param readP50 median latency of a read in microseconds
 * @param readP99 99th percentile in microseconds
 * @param writeP50 median latency of a write in microseconds
 * @param writeP99 99th percentile in microseconds
 */
public record Window(double seconds, long reads, long writes, long errors, double cpuSeconds, double readP50,
		double readP99, double writeP50, double writeP99) {

	public double perSecond() {
		return (this.reads + this.writes) / this.seconds;
	}

	/** CPU microseconds of the peer's process per transaction. */
	public double cpuMicros() {
		return this.cpuSeconds * 1e6 / (this.reads + this.writes);
	}

}
