/**
 * Tests of the package of the same name.
 */
@NullMarked
package io.tandem.dbrouter.wire;

import org.jspecify.annotations.NullMarked;
