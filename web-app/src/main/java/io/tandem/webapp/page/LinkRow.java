package io.tandem.webapp.page;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import io.tandem.webapp.http.PublicAddress;
import io.tandem.webapp.link.LinkView;

/**
 * A link as the page shows it.
 *
 * @param shortUrl the short link
 * @param label the short link without its scheme
 * @param url where it leads
 * @param visits how often it was followed, in words
 * @param createdAt when it was made, to the second
 * @param age how long ago that is, in words
 */
record LinkRow(URI shortUrl, String label, String url, String visits, Instant createdAt, String age) {

	static LinkRow of(LinkView link, PublicAddress address, Instant now) {
		URI shortUrl = address.shortUrl(link.code());
		String visits = (link.visits() == 1) ? "1 visit" : String.format(Locale.ROOT, "%,d visits", link.visits());
		return new LinkRow(shortUrl, label(shortUrl), link.url(), visits,
				link.createdAt().truncatedTo(ChronoUnit.SECONDS), age(Duration.between(link.createdAt(), now)));
	}

	static String label(URI shortUrl) {
		return shortUrl.getRawAuthority() + shortUrl.getRawPath();
	}

	static String age(Duration duration) {
		if (duration.toMinutes() < 1) {
			return "just now";
		}
		if (duration.toHours() < 1) {
			return duration.toMinutes() + " min ago";
		}
		if (duration.toDays() < 1) {
			return duration.toHours() + " h ago";
		}
		return (duration.toDays() == 1) ? "yesterday" : duration.toDays() + " days ago";
	}

}
