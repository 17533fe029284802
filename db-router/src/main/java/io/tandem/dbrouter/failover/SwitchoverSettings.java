package io.tandem.dbrouter.failover;

import java.time.Duration;

import io.tandem.dbrouter.topology.Account;
import org.jspecify.annotations.Nullable;

/**
 * How a switchover is carried out.
 *
 * @param admin the account that may change the servers' roles, {@code null} if there is
 * none, so that no switchover is possible
 * @param replication the account with which the former primary follows the new one,
 * {@code null} to leave it alone, read-only
 * @param announce how long to wait until every instance must have heard of it
 * @param notice how long to wait until every instance must hold its writes back
 * @param drain how long transactions that are under way may take to end
 * @param catchUp how long the new primary may take to apply what it lacks
 */
public record SwitchoverSettings(@Nullable Account admin, @Nullable Account replication, Duration announce,
		Duration notice, Duration drain, Duration catchUp) {
}
