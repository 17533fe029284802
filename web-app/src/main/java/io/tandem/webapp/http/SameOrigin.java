package io.tandem.webapp.http;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Tells a form of our own page from one of somebody else's, without a session or a token:
 * browsers say where a form was sent from.
 */
public final class SameOrigin {

	private SameOrigin() {
	}

	/**
	 * Says whether a request to change something may come from another site's page.
	 * @param request the request
	 * @return {@code false} for our own page and for what is no browser
	 */
	public static boolean isForged(HttpServletRequest request) {
		String site = request.getHeader("Sec-Fetch-Site");
		if (site != null) {
			return !site.equals("same-origin") && !site.equals("none");
		}
		String origin = request.getHeader("Origin");
		return origin != null && !origin.equalsIgnoreCase(PublicAddress.of(request).uri().toString());
	}

}
