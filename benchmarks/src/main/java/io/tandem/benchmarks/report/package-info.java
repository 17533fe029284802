/**
 * Tables of what was measured, the same for all benchmarks.
 */
@NullMarked
package io.tandem.benchmarks.report;

import org.jspecify.annotations.NullMarked;
