package io.tandem.webapp.link.web;

import java.util.List;

import io.tandem.webapp.http.PublicAddress;
import io.tandem.webapp.link.LinkPage;
import org.jspecify.annotations.Nullable;

/**
 * A page of links as JSON.
 *
 * @param links the links, newest first
 * @param next the value of {@code after} for the next page, {@code null} on the last one
 */
record LinkListResponse(List<LinkResponse> links, @Nullable String next) {

	static LinkListResponse of(LinkPage page, PublicAddress address) {
		List<LinkResponse> links = page.links().stream().map((link) -> LinkResponse.of(link, address)).toList();
		return new LinkListResponse(links, (page.next() != null) ? page.next().toString() : null);
	}

}
