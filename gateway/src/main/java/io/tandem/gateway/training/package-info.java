/**
 * Lets the gateway serve requests of its own, for the JVM's ahead-of-time cache to learn
 * from.
 */
@NullMarked
package io.tandem.gateway.training;

import org.jspecify.annotations.NullMarked;
