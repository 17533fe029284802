package io.tandem.gateway.protection;

import java.util.List;
import java.util.Locale;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;

/**
 * Leaves in the Connection header what is meant for connections. By naming other headers
 * there ({@code Connection: Authorization}) a client could have a proxy remove them.
 */
final class ConnectionOptions {

	private ConnectionOptions() {
	}

	static void normalize(HttpHeaders headers) {
		CharSequence first = headers.get(HttpHeaderNames.CONNECTION);
		if (first == null) {
			return;
		}
		List<String> all = headers.getAll(HttpHeaderNames.CONNECTION);
		if (all.size() == 1 && isOption(first)) {
			return;
		}
		List<String> options = all.stream()
			.flatMap((value) -> List.of(value.split(",", -1)).stream())
			.map(String::trim)
			.filter(ConnectionOptions::isOption)
			.map((option) -> option.toLowerCase(Locale.ROOT))
			.distinct()
			.toList();
		if (options.isEmpty()) {
			headers.remove(HttpHeaderNames.CONNECTION);
		}
		else {
			headers.set(HttpHeaderNames.CONNECTION, String.join(", ", options));
		}
	}

	private static boolean isOption(CharSequence option) {
		return AsciiString.contentEqualsIgnoreCase(option, "keep-alive")
				|| AsciiString.contentEqualsIgnoreCase(option, "close")
				|| AsciiString.contentEqualsIgnoreCase(option, "upgrade");
	}

}
