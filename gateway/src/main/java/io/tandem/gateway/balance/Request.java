package io.tandem.gateway.balance;

import org.jspecify.annotations.Nullable;

/**
 * What balancing needs to know of a request.
 *
 * @param method for explanations only
 * @param path for explanations only, shortened to 200 characters
 * @param client the client's key, see {@link ClientKey}
 * @param stickyToken the value of its sticky cookie, or null
 * @param replayable whether the request may be executed twice and carries no body, so
 * that it can be repeated even after an instance may have received it
 */
public record Request(String method, String path, long client, @Nullable String stickyToken, boolean replayable) {

	private static final int LONGEST_PATH = 200;

	public Request {
		if (path.length() > LONGEST_PATH) {
			// The pick log keeps it.
			path = path.substring(0, LONGEST_PATH) + "…";
		}
	}

}
