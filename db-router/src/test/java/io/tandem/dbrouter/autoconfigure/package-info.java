/**
 * Tests of the package of the same name.
 */
@NullMarked
package io.tandem.dbrouter.autoconfigure;

import org.jspecify.annotations.NullMarked;
