package io.tandem.dbrouter.failover;

import java.time.Duration;

/**
 * What a switchover did.
 *
 * @param from the former primary
 * @param to the new one
 * @param held how long writes were held back
 * @param formerPrimary what the former primary is now
 */
public record SwitchoverResult(String from, String to, Duration held, String formerPrimary) {
}
