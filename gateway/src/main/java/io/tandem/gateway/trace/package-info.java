/**
 * The identity of a request across the nodes that it passes.
 */
@NullMarked
package io.tandem.gateway.trace;

import org.jspecify.annotations.NullMarked;
