/**
 * Carries consistency tokens over HTTP.
 */
@NullMarked
package io.tandem.dbrouter.consistency.web;

import org.jspecify.annotations.NullMarked;
