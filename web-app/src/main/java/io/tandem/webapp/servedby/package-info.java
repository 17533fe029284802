/**
 * Tells the client which instance answered and which database nodes it used.
 */
@NullMarked
package io.tandem.webapp.servedby;

import org.jspecify.annotations.NullMarked;
