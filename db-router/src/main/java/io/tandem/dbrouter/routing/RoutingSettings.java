package io.tandem.dbrouter.routing;

/**
 * How units of work are done.
 *
 * @param deferCommits whether a read-only transaction ends for its caller as soon as its
 * COMMIT was sent
 */
public record RoutingSettings(boolean deferCommits) {
}
