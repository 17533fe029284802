package io.tandem.webapp.link;

import java.util.List;
import java.util.Optional;

import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads links, from the replica: what was written a moment ago may still be missing.
 */
@Service
@Transactional(readOnly = true)
public class LinkQueries {

	private final LinkRepository links;

	LinkQueries(LinkRepository links) {
		this.links = links;
	}

	/**
	 * Finds where a code leads, by one look into an index.
	 * @param code the code
	 * @return the target, or nothing if no link has the code
	 */
	public Optional<LinkTarget> findTarget(ShortCode code) {
		return this.links.findTarget(code.value());
	}

	/**
	 * Finds a link.
	 * @param code its code
	 * @return the link, or nothing if none has the code
	 */
	public Optional<LinkView> find(ShortCode code) {
		return this.links.findView(code.value());
	}

	/**
	 * Lists links, newest first.
	 * @param after where to begin
	 * @param limit how many links at most
	 * @return the links and where the next page begins
	 */
	public LinkPage list(LinkCursor after, int limit) {
		List<LinkView> found = this.links.findNewest(after.id(), Limit.of(limit + 1));
		if (found.size() <= limit) {
			return new LinkPage(found, null);
		}
		List<LinkView> page = List.copyOf(found.subList(0, limit));
		return new LinkPage(page, new LinkCursor(page.getLast().id()));
	}

}
