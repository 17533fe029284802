package io.tandem.webapp.link.web;

import java.net.URI;

import io.tandem.webapp.link.LinkQueries;
import io.tandem.webapp.link.LinkTarget;
import io.tandem.webapp.link.ShortCode;
import io.tandem.webapp.link.UnknownLinkException;
import io.tandem.webapp.visit.VisitCounter;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sends visitors on. Nothing is cached, or their next visits would not be counted.
 */
@RestController
class RedirectController {

	private final LinkQueries queries;

	private final VisitCounter visits;

	RedirectController(LinkQueries queries, VisitCounter visits) {
		this.queries = queries;
		this.visits = visits;
	}

	@GetMapping("/{code:" + ShortCode.PATTERN + "}")
	ResponseEntity<Void> follow(@PathVariable ShortCode code, HttpMethod method) {
		LinkTarget target = this.queries.findTarget(code).orElseThrow(() -> new UnknownLinkException(code));
		if (HttpMethod.GET.equals(method)) {
			// HEAD only looks where the link leads.
			this.visits.count(target.id());
		}
		return ResponseEntity.status(HttpStatus.FOUND)
			.location(URI.create(target.url()))
			.cacheControl(CacheControl.noStore())
			.build();
	}

}
