package io.tandem.webapp.page;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

import io.tandem.webapp.link.CreatedLink;
import io.tandem.webapp.link.ShortCode;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseCookie;

/**
 * The new link, carried in a cookie from the form's answer over the redirect to the page,
 * which shows it once. Any instance can show it, even if its database does not have the
 * link yet. The browser holds nothing there that its user has not made.
 *
 * @param code the link's code
 * @param url where it leads
 * @param ownerKey the link's secret
 */
record Flash(String code, String url, @Nullable String ownerKey) {

	static final String COOKIE = "tandem-new-link";

	private static final Duration LIFETIME = Duration.ofMinutes(1);

	private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

	static Flash of(CreatedLink created) {
		String ownerKey = (created.ownerKey() != null) ? created.ownerKey().value() : null;
		return new Flash(created.link().code(), created.link().url(), ownerKey);
	}

	/**
	 * Reads what a browser brought. A cookie is no more trustworthy than a form.
	 * @param cookie the cookie's value or {@code null}
	 */
	static Optional<Flash> parse(@Nullable String cookie) {
		if (cookie == null) {
			return Optional.empty();
		}
		try {
			String text = new String(Base64.getUrlDecoder().decode(cookie), StandardCharsets.UTF_8);
			String[] parts = text.split("\n", -1);
			if (parts.length != 3 || !parts[2].matches("[A-Za-z0-9_-]{0,64}")) {
				return Optional.empty();
			}
			String scheme = URI.create(parts[1]).getScheme();
			if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
				return Optional.empty();
			}
			return Optional
				.of(new Flash(new ShortCode(parts[0]).value(), parts[1], parts[2].isEmpty() ? null : parts[2]));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	ResponseCookie cookie(HttpServletRequest request) {
		String text = this.code + "\n" + this.url + "\n" + ((this.ownerKey != null) ? this.ownerKey : "");
		return cookie(request, ENCODER.encodeToString(text.getBytes(StandardCharsets.UTF_8)), LIFETIME);
	}

	static ResponseCookie expired(HttpServletRequest request) {
		return cookie(request, "", Duration.ZERO);
	}

	private static ResponseCookie cookie(HttpServletRequest request, String value, Duration maxAge) {
		return ResponseCookie.from(COOKIE, value)
			.path("/")
			.maxAge(maxAge)
			.httpOnly(true)
			.secure(request.isSecure())
			.sameSite("Lax")
			.build();
	}

}
