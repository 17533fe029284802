/**
 * Keeps requests and clients that harm away from the rest: rules for each request, and
 * limits of time, size and rate.
 */
@NullMarked
package io.tandem.gateway.protection;

import org.jspecify.annotations.NullMarked;
