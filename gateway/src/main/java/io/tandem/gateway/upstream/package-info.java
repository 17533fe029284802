/**
 * The way to the instances: HTTP/1.1 with bare Netty on the event loop of the request,
 * over connections that each loop keeps for itself. Every data path shares it.
 */
@NullMarked
package io.tandem.gateway.upstream;

import org.jspecify.annotations.NullMarked;
