package io.tandem.webapp.page;

import java.net.URI;
import java.util.UUID;
import java.util.regex.Pattern;

import io.tandem.webapp.link.IdempotencyKey;
import io.tandem.webapp.link.NewLink;
import org.jspecify.annotations.Nullable;

/**
 * The form as the person filled it in. Its key is made with the page, so that sending it
 * twice, by a double click or after an error, makes one link.
 *
 * @param url what stands in the field for the URL
 * @param code what stands in the field for the code
 * @param key the idempotency key
 */
record LinkForm(String url, String code, String key) {

	private static final Pattern UUID_PATTERN = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

	static LinkForm empty() {
		return new LinkForm("", "", newKey());
	}

	static LinkForm of(@Nullable String url, @Nullable String code, @Nullable String key) {
		String usableKey = (key != null && UUID_PATTERN.matcher(key).matches()) ? key : newKey();
		return new LinkForm((url != null) ? url.strip() : "", (code != null) ? code.strip() : "", usableKey);
	}

	/**
	 * Returns the same form with another key, for a wish that is not the earlier one.
	 */
	LinkForm renewed() {
		return new LinkForm(this.url, this.code, newKey());
	}

	NewLink wish(URI ownAddress) {
		return NewLink.of(this.url, this.code, new IdempotencyKey(this.key), ownAddress);
	}

	private static String newKey() {
		return UUID.randomUUID().toString();
	}

}
