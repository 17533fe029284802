package io.tandem.dbrouter.metrics;

import java.util.Locale;

/**
 * Writes what is counted and observed as Micrometer's names are written.
 */
final class Tags {

	private Tags() {
	}

	static String value(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
