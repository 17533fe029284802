package io.tandem.webapp.link.web;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Reads parameters and headers into values.
 */
final class Parameters {

	private Parameters() {
	}

	static <S extends @Nullable Object, T> T parse(String name, S text, Function<S, T> parser) {
		try {
			return parser.apply(text);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidParameterException(name, String.valueOf(ex.getMessage()));
		}
	}

}
