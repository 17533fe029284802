/**
 * Decides at the first statement which node does the work, and holds a connection to it
 * for as long as the work lasts.
 */
@NullMarked
package io.tandem.dbrouter.routing;

import org.jspecify.annotations.NullMarked;
