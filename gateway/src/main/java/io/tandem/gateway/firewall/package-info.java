/**
 * Decides by the address of a client whether it may connect.
 */
@NullMarked
package io.tandem.gateway.firewall;

import org.jspecify.annotations.NullMarked;
