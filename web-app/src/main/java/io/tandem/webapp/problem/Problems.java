package io.tandem.webapp.problem;

import java.net.URI;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * Makes problem details.
 */
public final class Problems {

	private Problems() {
	}

	/**
	 * Makes a problem of a kind of its own.
	 * @param status the HTTP status
	 * @param type the stable name of the kind, which becomes
	 * {@code urn:tandem:problem:type}
	 * @param title the kind in words, always the same
	 * @param detail what happened and what can be done about it
	 * @return the problem
	 */
	public static ProblemDetail of(HttpStatus status, String type, String title, String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setType(URI.create("urn:tandem:problem:" + type));
		problem.setTitle(title);
		return problem;
	}

}
