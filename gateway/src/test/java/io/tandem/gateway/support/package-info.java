/**
 * Real instances and clients for tests: small, and able to misbehave in every way.
 */
@NullMarked
package io.tandem.gateway.support;

import org.jspecify.annotations.NullMarked;
