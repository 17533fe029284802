package io.tandem.webapp.problem;

import java.util.Locale;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Turns whatever no other part explains into a problem.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemHandler extends ResponseEntityExceptionHandler {

	private final ProblemRenderer renderer;

	ProblemHandler(ProblemRenderer renderer) {
		this.renderer = renderer;
	}

	@ExceptionHandler
	ResponseEntity<Object> handleUnexpected(Exception failure, ServletWebRequest request) {
		HttpMethod method = request.getHttpMethod();
		boolean write = !HttpMethod.GET.equals(method) && !HttpMethod.HEAD.equals(method);
		ProblemDetail problem = DatabaseProblems.explain(failure, write).orElseGet(() -> unexpected(failure, request));
		return this.renderer.render(problem, HttpHeaders.EMPTY, request.getRequest());
	}

	private ProblemDetail unexpected(Exception failure, ServletWebRequest request) {
		String reference = UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
		this.logger.error("%s %s failed, reference %s".formatted(request.getHttpMethod(),
				request.getRequest().getRequestURI(), reference), failure);
		return Problems.of(HttpStatus.INTERNAL_SERVER_ERROR, "unexpected", "Unexpected error",
				"Something went wrong here, not with your request. The log says more under the reference " + reference
						+ ".");
	}

	@Override
	protected ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		ProblemDetail problem = UnreadableBody.explain(ex);
		return createResponseEntity(problem, headers, HttpStatusCode.valueOf(problem.getStatus()), request);
	}

	@Override
	protected ResponseEntity<Object> handleNoResourceFoundException(NoResourceFoundException ex, HttpHeaders headers,
			HttpStatusCode status, WebRequest request) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status,
				"There is nothing at /" + ex.getResourcePath() + ".");
		return createResponseEntity(problem, headers, status, request);
	}

	@Override
	protected ResponseEntity<Object> createResponseEntity(@Nullable Object body, HttpHeaders headers,
			HttpStatusCode status, WebRequest request) {
		ProblemDetail problem = (body instanceof ProblemDetail detail) ? detail : ProblemDetail.forStatus(status);
		return this.renderer.render(problem, headers, ((ServletWebRequest) request).getRequest());
	}

}
