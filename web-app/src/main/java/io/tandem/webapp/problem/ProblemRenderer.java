package io.tandem.webapp.problem;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Answers with a problem: as a page to a browser, as JSON to everybody else.
 */
@Component
public class ProblemRenderer {

	private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

	private final ITemplateEngine templates;

	ProblemRenderer(ITemplateEngine templates) {
		this.templates = templates;
	}

	/**
	 * Makes the answer.
	 * @param problem the problem
	 * @param headers further headers of the answer
	 * @param request the request that failed
	 * @return the answer
	 */
	public ResponseEntity<Object> render(ProblemDetail problem, HttpHeaders headers, HttpServletRequest request) {
		ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.getStatus())
			.headers(headers)
			.cacheControl(CacheControl.noStore());
		if (problem.getStatus() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
			answer.header(HttpHeaders.RETRY_AFTER, "1");
		}
		if (wantsPage(request)) {
			String page = this.templates.process("problem", new Context(Locale.ENGLISH, Map.of("problem", problem)));
			return answer.contentType(HTML).varyBy(HttpHeaders.ACCEPT).body(page);
		}
		return answer.contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
	}

	private static boolean wantsPage(HttpServletRequest request) {
		if (request.getRequestURI().startsWith("/api/")) {
			return false;
		}
		try {
			List<MediaType> accepted = MediaType.parseMediaTypes(request.getHeader(HttpHeaders.ACCEPT));
			return accepted.stream()
				.filter((type) -> MediaType.TEXT_HTML.equalsTypeAndSubtype(type)
						|| MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type)
						|| MediaType.APPLICATION_PROBLEM_JSON.equalsTypeAndSubtype(type))
				.max(Comparator.comparingDouble(MediaType::getQualityValue))
				.filter(MediaType.TEXT_HTML::equalsTypeAndSubtype)
				.isPresent();
		}
		catch (InvalidMediaTypeException ex) {
			return false;
		}
	}

}
