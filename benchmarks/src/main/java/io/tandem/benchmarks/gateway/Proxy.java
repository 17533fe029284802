package io.tandem.benchmarks.gateway;

import java.util.Locale;

/**
 * What is measured, in the order of the report.
 */
enum Proxy {

	TANDEM("Tandem's gateway"),

	WATCHED("Tandem's gateway, dashboards open"),

	IO_URING("Tandem's gateway on io_uring"),

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
		return isTandem() || this == VANILLA;
	}

	boolean isTandem() {
		return this == TANDEM || this == WATCHED || this == IO_URING;
	}

}
