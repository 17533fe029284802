package io.tandem.dbrouter.failover;

import java.time.Instant;

/**
 * Something that happened to the nodes.
 *
 * @param time when
 * @param text what
 */
public record Event(Instant time, String text) {
}
