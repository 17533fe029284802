package io.tandem.benchmarks.gateway;

import java.util.Locale;

/**
 * What is measured, in the order of the report.
 */
enum Proxy {

	TANDEM("Tandem's gateway"),

	HAPROXY("HAProxy"),

	NGINX("nginx"),

	VANILLA("Spring Cloud Gateway, defaults");

	private final String title;

	Proxy(String title) {
		this.title = title;
	}

	String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	String title() {
		return this.title;
	}

	boolean isJava() {
		return this == TANDEM || this == VANILLA;
	}

}
