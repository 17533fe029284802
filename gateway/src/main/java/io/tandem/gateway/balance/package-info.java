/**
 * Chooses an instance for each request and decides what follows a failed attempt; knows
 * neither Spring nor Netty.
 */
@NullMarked
package io.tandem.gateway.balance;

import org.jspecify.annotations.NullMarked;
