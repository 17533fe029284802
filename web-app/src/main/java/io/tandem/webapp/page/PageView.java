package io.tandem.webapp.page;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.tandem.dbrouter.NodeUse;
import io.tandem.webapp.http.PublicAddress;
import io.tandem.webapp.link.LinkCursor;
import io.tandem.webapp.link.LinkPage;
import io.tandem.webapp.link.LinkQueries;
import io.tandem.webapp.problem.DatabaseProblems;
import io.tandem.webapp.servedby.DatabaseUses;
import io.tandem.webapp.servedby.NodeProperties;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.servlet.ModelAndView;

/**
 * Fills the page. Without a database the form is still there, with a note instead of the
 * list.
 */
@Component
class PageView {

	private static final int NEWEST = 10;

	private final LinkQueries queries;

	private final DatabaseUses databaseUses;

	private final NodeProperties node;

	PageView(LinkQueries queries, DatabaseUses databaseUses, NodeProperties node) {
		this.queries = queries;
		this.databaseUses = databaseUses;
		this.node = node;
	}

	/**
	 * Makes the page.
	 * @param form what stands in the form
	 * @param after where the list begins
	 * @param request the request
	 */
	ModelAndView show(LinkForm form, LinkCursor after, HttpServletRequest request) {
		PublicAddress address = PublicAddress.of(request);
		ModelAndView page = new ModelAndView("page", HttpStatus.OK);
		page.addObject("form", form);
		page.addObject("host", address.uri().getRawAuthority());
		page.addObject("errors", Map.of());
		page.addObject("newest", request.getParameter("after") == null);
		try {
			LinkPage links = this.queries.list(after, NEWEST);
			Instant now = Instant.now();
			page.addObject("links", links.links().stream().map((link) -> LinkRow.of(link, address, now)).toList());
			page.addObject("next", (links.next() != null) ? links.next().toString() : null);
		}
		catch (DataAccessException | TransactionException ex) {
			ProblemDetail problem = DatabaseProblems.explain(ex, false).orElseThrow(() -> ex);
			page.setStatus(HttpStatus.SERVICE_UNAVAILABLE);
			page.addObject("listProblem", problem.getDetail());
		}
		page.addObject("servedBy", this.node.nodeName());
		page.addObject("readFrom", readFrom(this.databaseUses.ofCurrentRequest()));
		return page;
	}

	private static @Nullable String readFrom(List<NodeUse> uses) {
		if (uses.isEmpty()) {
			return null;
		}
		return uses.stream()
			.map((use) -> use.node() + " (" + use.role().name().toLowerCase(Locale.ROOT) + ")")
			.distinct()
			.collect(Collectors.joining(", "));
	}

}
