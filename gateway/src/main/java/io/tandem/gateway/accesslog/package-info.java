/**
 * Writes a line for each request, off the event loops, and rather loses one than waits.
 */
@NullMarked
package io.tandem.gateway.accesslog;

import org.jspecify.annotations.NullMarked;
