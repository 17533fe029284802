/**
 * Counts requests, retries and states for each instance.
 */
@NullMarked
package io.tandem.gateway.metrics;

import org.jspecify.annotations.NullMarked;
