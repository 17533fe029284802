/**
 * Runs Flyway's migrations on the primary, now or when it is back.
 */
@NullMarked
package io.tandem.dbrouter.flyway;

import org.jspecify.annotations.NullMarked;
