package io.tandem.gateway.protection;

import java.net.InetAddress;

/**
 * Whom a trusted proxy names as its client.
 *
 * @param address of the client, or of the last proxy that is known
 * @param known whether it is the former: not if something stands there that is no
 * address, like {@code unknown}
 */
record ForwardedClient(InetAddress address, boolean known) {

}
