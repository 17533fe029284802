/**
 * Spring Cloud Gateway as its documentation shows it.
 */
@NullMarked
package io.tandem.benchmarks.gateway.vanilla;

import org.jspecify.annotations.NullMarked;
