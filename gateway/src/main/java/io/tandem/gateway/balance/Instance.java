package io.tandem.gateway.balance;

import java.net.URI;

/**
 * One process that serves requests.
 *
 * @param id its name in logs, metrics and errors, for example {@code web-app-1}
 * @param uri scheme, host and port of its public listener, without a path
 * @param management scheme, host and port of its actuator
 */
public record Instance(String id, URI uri, URI management) {

	@Override
	public String toString() {
		return id;
	}

}
