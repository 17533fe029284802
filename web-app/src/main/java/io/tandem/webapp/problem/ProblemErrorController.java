package io.tandem.webapp.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers errors that Tomcat or a filter found, before any controller was reached.
 */
@RestController
class ProblemErrorController implements ErrorController {

	private final ProblemRenderer renderer;

	ProblemErrorController(ProblemRenderer renderer) {
		this.renderer = renderer;
	}

	@RequestMapping("/error")
	ResponseEntity<Object> error(HttpServletRequest request) {
		HttpStatus status = status(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE));
		String detail = status.is4xxClientError()
				? "The request cannot be answered: %s.".formatted(status.getReasonPhrase())
				: "Something went wrong here, not with your request.";
		return this.renderer.render(ProblemDetail.forStatusAndDetail(status, detail), HttpHeaders.EMPTY, request);
	}

	private static HttpStatus status(@Nullable Object code) {
		// Whoever asks for /error itself finds nothing.
		HttpStatus status = (code instanceof Integer value) ? HttpStatus.resolve(value) : HttpStatus.NOT_FOUND;
		return (status != null) ? status : HttpStatus.INTERNAL_SERVER_ERROR;
	}

}
