package io.tandem.gateway.balance;

import java.net.URI;

/**
 * One process that serves requests, as configured.
 *
 * @param id its name in logs, metrics and errors, for example {@code web-app-1}
 * @param uri scheme, host and port of its public listener, without a path
 * @param management scheme, host and port of its actuator
 * @param weight its share of the requests compared to the others', 0 to 256
 * @param state its state until an operator changes it
 */
public record Instance(String id, URI uri, URI management, int weight, AdminState state) {

	public static final int MAX_WEIGHT = 256;

	/** An instance like any other: of weight 1, and ready. */
	public Instance(String id, URI uri, URI management) {
		this(id, uri, management, 1, AdminState.READY);
	}

	@Override
	public String toString() {
		return id;
	}

}
