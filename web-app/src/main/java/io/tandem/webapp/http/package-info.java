/**
 * What all answers have in common: the public address, security headers, assets.
 */
@NullMarked
package io.tandem.webapp.http;

import org.jspecify.annotations.NullMarked;
