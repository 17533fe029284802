package io.tandem.integration.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The properties that the applications, Spring Boot and whatever else is on the class
 * path say they have, in the metadata that their builds made.
 *
 * @param types by name
 */
record KnownProperties(Map<String, String> types) {

	static KnownProperties onClassPath() {
		Map<String, String> types = new TreeMap<>();
		try {
			for (URL metadata : Collections.list(KnownProperties.class.getClassLoader()
				.getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream in = metadata.openStream()) {
					for (JsonNode property : JsonMapper.shared().readTree(in).path("properties")) {
						types.put(property.path("name").asString(), property.path("type").asString(""));
					}
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new KnownProperties(types);
	}

	/** What is within an entry of a map is not looked at. */
	boolean contains(String name) {
		return this.types.containsKey(name) || this.types.entrySet()
			.stream()
			.anyMatch((known) -> known.getValue().startsWith("java.util.Map") && name.startsWith(known.getKey() + "."));
	}

}
