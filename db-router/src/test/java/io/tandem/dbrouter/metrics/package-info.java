/**
 * Tests of the package of the same name.
 */
@NullMarked
package io.tandem.dbrouter.metrics;

import org.jspecify.annotations.NullMarked;
