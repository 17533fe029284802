/**
 * Turns failures into problem details (RFC 9457) or, for browsers, into a page.
 */
@NullMarked
package io.tandem.webapp.problem;

import org.jspecify.annotations.NullMarked;
