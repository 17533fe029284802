/**
 * Tests of what the gateway's benchmark reads from its tools.
 */
@NullMarked
package io.tandem.benchmarks.gateway;

import org.jspecify.annotations.NullMarked;
