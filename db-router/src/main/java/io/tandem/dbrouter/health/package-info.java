/**
 * Tells the state of the database nodes to health checks.
 */
@NullMarked
package io.tandem.dbrouter.health;

import org.jspecify.annotations.NullMarked;
