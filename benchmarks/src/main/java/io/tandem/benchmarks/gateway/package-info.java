/**
 * Measures the gateway beside HAProxy, nginx and the vanilla Spring Cloud Gateway.
 */
@NullMarked
package io.tandem.benchmarks.gateway;

import org.jspecify.annotations.NullMarked;
