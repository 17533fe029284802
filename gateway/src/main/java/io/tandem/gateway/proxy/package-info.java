/**
 * Carries requests through Spring Cloud Gateway to the instance chosen by the balancer.
 */
@NullMarked
package io.tandem.gateway.proxy;

import org.jspecify.annotations.NullMarked;
