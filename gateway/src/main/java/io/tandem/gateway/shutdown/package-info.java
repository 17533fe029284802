/**
 * Ends the gateway without a failed request: says so first, then lets requests end.
 */
@NullMarked
package io.tandem.gateway.shutdown;

import org.jspecify.annotations.NullMarked;
