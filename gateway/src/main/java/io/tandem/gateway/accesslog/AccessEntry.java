package io.tandem.gateway.accesslog;

import java.net.InetAddress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.tandem.gateway.balance.Dispatch;
import org.jspecify.annotations.Nullable;

/**
 * What is logged of one request. Made on an event loop out of what exists anyway; turned
 * into text by the thread that writes.
 *
 * @param received when its header was complete, or when it was refused before that
 * @param method null, like the target, if no request could be read
 * @param status of the answer, or 0 if there was none
 * @param reason the gateway's own, if it refused the request or could not get an answer
 * @param bytes of the answer's body
 * @param nanos until the last byte was written, or the client was gone
 * @param complete whether the answer came to its end
 * @param dispatch null if the request went to no instance
 * @param trace null if the request was refused before it had one
 */
record AccessEntry(Instant received, @Nullable InetAddress client, @Nullable String method, @Nullable String target,
		@Nullable String host, @Nullable String userAgent, int status, @Nullable String reason, long bytes, long nanos,
		boolean complete, @Nullable Dispatch dispatch, @Nullable String trace) {

	private static final int LONGEST = 1_000;

	Map<String, Object> fields(String node) {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("time", received.toString());
		fields.put("node", node);
		put(fields, "client", (client != null) ? client.getHostAddress() : null);
		put(fields, "method", method);
		put(fields, "target", target);
		put(fields, "host", host);
		fields.put("status", status);
		fields.put("bytes", bytes);
		fields.put("millis", Math.round(nanos / 10_000.0) / 100.0);
		put(fields, "reason", reason);
		if (!complete) {
			fields.put("aborted", true);
		}
		if (dispatch != null) {
			fields.put("instance", dispatch.instance().id());
			if (dispatch.isRetry()) {
				fields.put("failed", dispatch.failedAttempts());
			}
		}
		put(fields, "userAgent", userAgent);
		put(fields, "trace", trace);
		return fields;
	}

	/** Nobody fills the disk with long headers. */
	private static void put(Map<String, Object> fields, String name, @Nullable String value) {
		if (value != null) {
			fields.put(name, (value.length() <= LONGEST) ? value : value.substring(0, LONGEST) + "…");
		}
	}

}
