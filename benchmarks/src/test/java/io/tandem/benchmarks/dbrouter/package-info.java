/**
 * Tests of what is computed from the measurements.
 */
@NullMarked
package io.tandem.benchmarks.dbrouter;

import org.jspecify.annotations.NullMarked;
