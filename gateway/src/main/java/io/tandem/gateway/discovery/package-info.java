/**
 * Reads the instances to balance over from the configuration.
 */
@NullMarked
package io.tandem.gateway.discovery;

import org.jspecify.annotations.NullMarked;
