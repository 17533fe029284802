package io.tandem.dbrouter;

import java.time.Duration;

/**
 * One use of one database node: from taking its connection to giving it back.
 *
 * @param node the name of the node, as configured under {@code db-router.nodes}
 * @param role the role the node had when the connection was taken
 * @param reason why that node was chosen, as the metric {@code db.router.routes} names it
 * @param duration the time for which the connection was held
 */
public record NodeUse(String node, NodeRole role, String reason, Duration duration) {
}
