/**
 * Configures the public listener.
 */
@NullMarked
package io.tandem.gateway.server;

import org.jspecify.annotations.NullMarked;
