/**
 * Tests of the package of the same name.
 */
@NullMarked
package io.tandem.dbrouter.topology;

import org.jspecify.annotations.NullMarked;
