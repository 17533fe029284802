/**
 * Counts the decisions and shows the nodes' states to Micrometer.
 */
@NullMarked
package io.tandem.dbrouter.metrics;

import org.jspecify.annotations.NullMarked;
