/**
 * Measures db-router and its peers side by side on one MySQL pair.
 */
@NullMarked
package io.tandem.benchmarks.dbrouter;

import org.jspecify.annotations.NullMarked;
