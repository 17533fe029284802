package io.tandem.webapp.link.web;

import java.util.List;
import java.util.Map;

import io.tandem.webapp.link.CodeTakenException;
import io.tandem.webapp.link.IdempotencyKeyReusedException;
import io.tandem.webapp.link.InvalidLinkException;
import io.tandem.webapp.link.UnknownLinkException;
import io.tandem.webapp.link.WrongOwnerKeyException;
import io.tandem.webapp.problem.ProblemRenderer;
import io.tandem.webapp.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Explains what is wrong with a wish about a link.
 */
@RestControllerAdvice
@Order(0)
class LinkProblems {

	private final ProblemRenderer renderer;

	LinkProblems(ProblemRenderer renderer) {
		this.renderer = renderer;
	}

	@ExceptionHandler
	ResponseEntity<Object> invalidLink(InvalidLinkException ex, HttpServletRequest request) {
		ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, "invalid-link", "Invalid link", ex);
		problem.setProperty("errors", ex.faults());
		return this.renderer.render(problem, HttpHeaders.EMPTY, request);
	}

	@ExceptionHandler
	ResponseEntity<Object> invalidParameter(InvalidParameterException ex, HttpServletRequest request) {
		ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, "invalid-parameter", "Invalid parameter", ex);
		problem.setProperty("errors", List.of(Map.of("field", ex.name(), "detail", problem.getDetail())));
		return this.renderer.render(problem, HttpHeaders.EMPTY, request);
	}

	@ExceptionHandler
	ResponseEntity<Object> unknownLink(UnknownLinkException ex, HttpServletRequest request) {
		return render(HttpStatus.NOT_FOUND, "unknown-link", "Unknown link", ex, request);
	}

	@ExceptionHandler
	ResponseEntity<Object> codeTaken(CodeTakenException ex, HttpServletRequest request) {
		return render(HttpStatus.CONFLICT, "code-taken", "Code taken", ex, request);
	}

	@ExceptionHandler
	ResponseEntity<Object> keyReused(IdempotencyKeyReusedException ex, HttpServletRequest request) {
		return render(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key-reused", "Idempotency key reused", ex,
				request);
	}

	@ExceptionHandler
	ResponseEntity<Object> ownerKeyMissing(OwnerKeyMissingException ex, HttpServletRequest request) {
		ProblemDetail problem = problem(HttpStatus.UNAUTHORIZED, "owner-key-missing", "Owner key missing", ex);
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"owner of the link\"");
		return this.renderer.render(problem, headers, request);
	}

	@ExceptionHandler
	ResponseEntity<Object> wrongOwnerKey(WrongOwnerKeyException ex, HttpServletRequest request) {
		return render(HttpStatus.FORBIDDEN, "wrong-owner-key", "Wrong owner key", ex, request);
	}

	private ResponseEntity<Object> render(HttpStatus status, String type, String title, RuntimeException ex,
			HttpServletRequest request) {
		return this.renderer.render(problem(status, type, title, ex), HttpHeaders.EMPTY, request);
	}

	private static ProblemDetail problem(HttpStatus status, String type, String title, RuntimeException ex) {
		return Problems.of(status, type, title, String.valueOf(ex.getMessage()));
	}

}
