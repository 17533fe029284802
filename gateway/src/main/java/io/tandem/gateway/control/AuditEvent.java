package io.tandem.gateway.control;

import java.time.Instant;

/**
 * One change, or one attempt at it.
 *
 * @param at when
 * @param who made it
 * @param from which address
 * @param what happened, in words
 */
public record AuditEvent(Instant at, String who, String from, String what) {

}
