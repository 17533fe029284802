/**
 * The link shortener.
 */
@NullMarked
package io.tandem.webapp;

import org.jspecify.annotations.NullMarked;
