package io.tandem.webapp.link.web;

import java.net.URI;
import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tandem.webapp.http.PublicAddress;
import io.tandem.webapp.link.CreatedLink;
import io.tandem.webapp.link.LinkView;
import org.jspecify.annotations.Nullable;

/**
 * A link as JSON.
 *
 * @param code its code
 * @param url where it leads
 * @param shortUrl the short link itself
 * @param visits how often it was followed
 * @param createdAt when it was made
 * @param ownerKey the secret that allows to delete it; only in the answer to its author
 */
record LinkResponse(String code, String url, URI shortUrl, long visits, Instant createdAt,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String ownerKey) {

	static LinkResponse of(LinkView link, PublicAddress address) {
		return of(link, address, null);
	}

	static LinkResponse of(CreatedLink created, PublicAddress address) {
		return of(created.link(), address, (created.ownerKey() != null) ? created.ownerKey().value() : null);
	}

	private static LinkResponse of(LinkView link, PublicAddress address, @Nullable String ownerKey) {
		return new LinkResponse(link.code(), link.url(), address.shortUrl(link.code()), link.visits(), link.createdAt(),
				ownerKey);
	}

}
