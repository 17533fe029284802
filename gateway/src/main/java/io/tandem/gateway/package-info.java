/**
 * The load balancer.
 */
@NullMarked
package io.tandem.gateway;

import org.jspecify.annotations.NullMarked;
