package io.tandem.benchmarks.dbrouter.peer;

/**
 * Transactions that one client did one after the other.
 *
 * @param count how many
 * @param leastMicros the least latency in microseconds, which other work on the machine
 * disturbs least
 */
public record Calls(int count, double leastMicros) {
}
