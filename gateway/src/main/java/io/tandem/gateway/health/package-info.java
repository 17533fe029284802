/**
 * Watches the instances and keeps the unhealthy ones out of rotation.
 */
@NullMarked
package io.tandem.gateway.health;

import org.jspecify.annotations.NullMarked;
