/**
 * Tests of the tables.
 */
@NullMarked
package io.tandem.benchmarks.report;

import org.jspecify.annotations.NullMarked;
