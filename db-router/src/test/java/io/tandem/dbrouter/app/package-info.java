/**
 * An application like many, for the tests.
 */
@NullMarked
package io.tandem.dbrouter.app;

import org.jspecify.annotations.NullMarked;
