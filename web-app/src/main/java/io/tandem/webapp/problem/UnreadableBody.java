package io.tandem.webapp.problem;

import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;

/**
 * Explains why a JSON body cannot be read, without the names of our classes.
 */
final class UnreadableBody {

	private UnreadableBody() {
	}

	static ProblemDetail explain(HttpMessageNotReadableException failure) {
		Throwable cause = failure.getCause();
		if (cause instanceof StreamConstraintsException) {
			return Problems.of(HttpStatus.CONTENT_TOO_LARGE, "body-too-large", "Body too large",
					"The body is larger or deeper than any link needs: 16 KiB are allowed.");
		}
		return Problems.of(HttpStatus.BAD_REQUEST, "malformed-body", "Malformed body", detail(cause));
	}

	private static String detail(@Nullable Throwable cause) {
		return switch (cause) {
			case null -> "The body is missing. Send a JSON object with a url.";
			case StreamReadException ex -> "The body is not valid JSON" + place(ex) + ".";
			case UnrecognizedPropertyException ex -> "There is no field '%s'. Known fields are: %s.".formatted(
					ex.getPropertyName(),
					ex.getKnownPropertyIds().stream().map(String::valueOf).sorted().collect(Collectors.joining(", ")));
			case DatabindException ex when !ex.getPath().isEmpty() ->
				"The field '%s' has a value of the wrong type.".formatted(ex.getPath().getLast().getPropertyName());
			default -> "The body is not a JSON object with a url.";
		};
	}

	private static String place(JacksonException ex) {
		TokenStreamLocation location = ex.getLocation();
		return (location != null && location.getLineNr() > 0)
				? " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr()) : "";
	}

}
