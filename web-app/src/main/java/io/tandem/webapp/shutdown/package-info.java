/**
 * Tells the gateways that the instance is about to end, while it still answers.
 */
@NullMarked
package io.tandem.webapp.shutdown;

import org.jspecify.annotations.NullMarked;
