package io.tandem.dbrouter.routing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * What the driver says of itself and of the servers, by the name of the method: the same
 * for good.
 */
final class MetaDataFacts {

	/** Boot asks for the product while it starts, perhaps without a node to ask. */
	private final Map<String, Object> known = new ConcurrentHashMap<>(Map.of("getDatabaseProductName", "MySQL"));

	@Nullable Object get(String method) {
		return this.known.get(method);
	}

	void put(String method, Object fact) {
		this.known.put(method, fact);
	}

}
