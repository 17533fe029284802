package io.tandem.dbrouter.routing;

import java.time.Duration;

/**
 * How units of work are done.
 *
 * @param fallbackLimit how many reads that no replica could take may be on the primary at
 * once
 * @param fallbackWait how long another such read waits
 * @param slowStart how long a replica gets less than its share of the reads after it has
 * become routable
 */
public record RoutingSettings(int fallbackLimit, Duration fallbackWait, Duration slowStart) {
}
