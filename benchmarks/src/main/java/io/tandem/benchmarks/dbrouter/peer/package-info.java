/**
 * The application that is measured, the same for each peer but for its data source, in a
 * process of its own.
 */
@NullMarked
package io.tandem.benchmarks.dbrouter.peer;

import org.jspecify.annotations.NullMarked;
