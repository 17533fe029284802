/**
 * What it costs to get a connection that is routed and to close it, without a round trip.
 */
@NullMarked
package io.tandem.benchmarks.dbrouter.overhead;

import org.jspecify.annotations.NullMarked;
