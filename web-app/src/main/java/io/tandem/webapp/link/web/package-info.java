/**
 * The calls of the link shortener over HTTP.
 */
@NullMarked
package io.tandem.webapp.link.web;

import org.jspecify.annotations.NullMarked;
