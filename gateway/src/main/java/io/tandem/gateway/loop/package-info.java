/**
 * The threads that do all input and output.
 */
@NullMarked
package io.tandem.gateway.loop;

import org.jspecify.annotations.NullMarked;
