/**
 * Tests of what the peers are given.
 */
@NullMarked
package io.tandem.benchmarks.dbrouter.peer;

import org.jspecify.annotations.NullMarked;
