/**
 * Saves round trips between the pool and MySQL's driver.
 */
@NullMarked
package io.tandem.dbrouter.wire;

import org.jspecify.annotations.NullMarked;
