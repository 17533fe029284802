/**
 * Serves HTTPS beside HTTP, with a certificate of its own until it is given another.
 */
@NullMarked
package io.tandem.gateway.tls;

import org.jspecify.annotations.NullMarked;
