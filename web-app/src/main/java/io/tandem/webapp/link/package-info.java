/**
 * Links: a short code for a long URL, made once, followed often, deleted by its owner.
 */
@NullMarked
package io.tandem.webapp.link;

import org.jspecify.annotations.NullMarked;
