/**
 * Tests of causal reads.
 */
@NullMarked
package io.tandem.dbrouter.consistency;

import org.jspecify.annotations.NullMarked;
