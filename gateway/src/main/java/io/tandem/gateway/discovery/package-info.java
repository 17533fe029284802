/**
 * Knows the instances to balance over, from the configuration or from name servers.
 */
@NullMarked
package io.tandem.gateway.discovery;

import org.jspecify.annotations.NullMarked;
