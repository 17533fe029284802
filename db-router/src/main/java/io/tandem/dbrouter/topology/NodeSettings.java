package io.tandem.dbrouter.topology;

import java.time.Duration;

import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import io.tandem.dbrouter.gtid.CommitListener;
import org.jspecify.annotations.Nullable;

/**
 * How a node is connected to and its connections are pooled.
 *
 * @param application the account of the pooled connections
 * @param monitor the account of the probes
 * @param maximumPoolSize the most connections of a pool
 * @param minimumIdle the connections a pool keeps ready
 * @param connectionTimeout the longest wait for a connection from the pool
 * @param maxLifetime the age at which a connection is replaced
 * @param connectTimeout the longest time for connecting, with the handshake
 * @param socketTimeout the longest wait for a statement's answer
 * @param probeInterval the time between two probes
 * @param probeTimeout the longest wait for a probe's answer
 * @param probeDownAfter how many probes in a row have to be missed before a node is down
 * @param lagLimit how far a replica may be behind
 * @param commits hears what is committed over pooled connections
 * @param pipelined whether commands are sent without waiting for an answer that tells
 * nothing
 * @param poolMetrics where the pools report, {@code null} for nowhere
 */
public record NodeSettings(Account application, Account monitor, int maximumPoolSize, int minimumIdle,
		Duration connectionTimeout, Duration maxLifetime, Duration connectTimeout, Duration socketTimeout,
		Duration probeInterval, Duration probeTimeout, int probeDownAfter, LagLimit lagLimit, CommitListener commits,
		boolean pipelined, @Nullable MetricsTrackerFactory poolMetrics) {
}
