package io.tandem.webapp.page;

import java.net.URI;

import io.tandem.webapp.http.PublicAddress;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The new link as the page shows it, once.
 *
 * @param shortUrl the short link
 * @param label the short link without its scheme
 * @param url where it leads
 * @param ownerKey the link's secret
 * @param deleteCommand how to delete the link
 */
record NewLinkCard(URI shortUrl, String label, String url, @Nullable String ownerKey, @Nullable String deleteCommand) {

	static NewLinkCard of(Flash flash, HttpServletRequest request) {
		PublicAddress address = PublicAddress.of(request);
		URI shortUrl = address.shortUrl(flash.code());
		String command = (flash.ownerKey() != null) ? "curl -X DELETE %s/api/links/%s -H 'Authorization: Bearer %s'"
			.formatted(address.uri(), flash.code(), flash.ownerKey()) : null;
		return new NewLinkCard(shortUrl, LinkRow.label(shortUrl), flash.url(), flash.ownerKey(), command);
	}

}
