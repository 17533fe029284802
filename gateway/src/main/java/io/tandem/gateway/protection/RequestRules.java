package io.tandem.gateway.protection;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * What a request must be like, whoever sends it. Leaves it so that everything behind can
 * rely on one Host, a plain path and harmless connection options.
 */
final class RequestRules {

	/** For {@code Allow}. */
	static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

	/** What HTTP/2 counts for each field besides name and value (RFC 9113, 6.5.2). */
	private static final int FIELD = 32;

	/** That take the place of the first line. */
	private static final int PSEUDO_FIELDS = 4;

	private final int longestLine;

	private final int largestHeader;

	private final int mostHeaders;

	private final long longestBody;

	/**
	 * Creates the rules.
	 * @param longestLine bytes of the first line
	 * @param largestHeader bytes of all fields together
	 */
	RequestRules(int longestLine, int largestHeader, int mostHeaders, long longestBody) {
		this.longestLine = longestLine;
		this.largestHeader = largestHeader;
		this.mostHeaders = mostHeaders;
		this.longestBody = longestBody;
	}

	/**
	 * How much of a header the codec of HTTP/2 has to read: twice what is allowed, so
	 * that {@link #checkSize} refuses what is too large. The codec would with a bare
	 * status, that nothing counts and no log mentions.
	 */
	long largestHeaderList() {
		return 2L * (longestLine + largestHeader + FIELD * (PSEUDO_FIELDS + mostHeaders));
	}

	long longestBody() {
		return longestBody;
	}

	/**
	 * Checks a request and normalises it.
	 * @return why it is refused, or null if it is not
	 */
	@Nullable Refusal check(HttpRequest request) {
		if (request.decoderResult().isFailure()) {
			return undecodable(request);
		}
		HttpHeaders headers = request.headers();
		if (headers.size() > mostHeaders) {
			return Refusal.TOO_MANY_HEADERS;
		}
		if (!isSupported(request.protocolVersion())) {
			return Refusal.VERSION;
		}
		if (!isSupported(request.method())) {
			return Refusal.METHOD;
		}
		Refusal refusal = host(request, headers);
		if (refusal == null) {
			refusal = target(request, headers);
		}
		return (refusal != null) ? refusal : body(headers);
	}

	/**
	 * Checks what the codec of HTTP/1.1 checks and that of HTTP/2 does not, by the same
	 * measure.
	 * @return why the request is refused, or null if it is not
	 */
	@Nullable Refusal checkSize(HttpRequest request) {
		if (request.method().name().length() + request.uri().length() + " HTTP/1.1 ".length() > longestLine) {
			return Refusal.TARGET_TOO_LONG;
		}
		int size = 0;
		Iterator<Map.Entry<CharSequence, CharSequence>> fields = request.headers().iteratorCharSequence();
		while (fields.hasNext()) {
			Map.Entry<CharSequence, CharSequence> field = fields.next();
			size += field.getKey().length() + ": ".length() + field.getValue().length();
		}
		return (size > largestHeader) ? Refusal.HEADER_TOO_LARGE : null;
	}

	private static Refusal undecodable(HttpRequest request) {
		return switch (request.decoderResult().cause()) {
			case TooLongHttpLineException _ -> Refusal.TARGET_TOO_LONG;
			case TooLongHttpHeaderException _ -> Refusal.HEADER_TOO_LARGE;
			case null, default -> isUnknownEncoding(request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING))
					? Refusal.TRANSFER_ENCODING : Refusal.BAD_REQUEST;
		};
	}

	/** Netty cannot find the end of such a body and says only that. */
	private static boolean isUnknownEncoding(List<String> encodings) {
		if (encodings.size() != 1) {
			return false;
		}
		String all = encodings.getFirst();
		String last = all.substring(all.lastIndexOf(',') + 1).strip();
		return !last.isEmpty() && !last.equalsIgnoreCase("chunked");
	}

	private static boolean isSupported(HttpVersion version) {
		return version.majorVersion() == 1 && version.minorVersion() <= 1;
	}

	private static boolean isSupported(HttpMethod method) {
		return switch (method.name()) {
			case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> true;
			default -> false;
		};
	}

	private static @Nullable Refusal host(HttpRequest request, HttpHeaders headers) {
		Iterator<? extends CharSequence> hosts = headers.valueCharSequenceIterator(HttpHeaderNames.HOST);
		if (!hosts.hasNext()) {
			return Refusal.NOT_ONE_HOST;
		}
		CharSequence host = hosts.next();
		if (hosts.hasNext()) {
			return Refusal.NOT_ONE_HOST;
		}
		if (!HostRule.accepts(host)) {
			return Refusal.BAD_HOST;
		}
		String target = request.uri();
		return target.startsWith("/") ? null : absolute(request, target, host);
	}

	/** Turns the absolute form into the usual one. */
	private static @Nullable Refusal absolute(HttpRequest request, String target, CharSequence host) {
		String lower = target.toLowerCase(Locale.ROOT);
		int start = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : -1;
		if (start == -1) {
			return Refusal.BAD_TARGET;
		}
		int end = start;
		while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
			end++;
		}
		if (!AsciiString.contentEqualsIgnoreCase(target.substring(start, end), host)) {
			return Refusal.OTHER_HOST;
		}
		String rest = target.substring(end);
		request.setUri(rest.startsWith("/") ? rest : "/" + rest);
		return null;
	}

	private static @Nullable Refusal target(HttpRequest request, HttpHeaders headers) {
		headers.remove(RawTarget.NAME);
		String uri = request.uri();
		RequestTarget target = RequestTarget.parse(uri);
		if (target == null) {
			return uri.startsWith("//") ? Refusal.BAD_TARGET : Refusal.BAD_PATH;
		}
		String raw = target.raw();
		if (raw != null) {
			request.setUri(target.encoded());
			headers.set(RawTarget.NAME, raw);
		}
		return null;
	}

	private @Nullable Refusal body(HttpHeaders headers) {
		CharSequence encoding = headers.get(HttpHeaderNames.TRANSFER_ENCODING);
		if (encoding != null) {
			boolean plain = AsciiString.contentEqualsIgnoreCase(encoding, HttpHeaderValues.CHUNKED)
					&& headers.getAll(HttpHeaderNames.TRANSFER_ENCODING).size() == 1;
			if (!plain) {
				return Refusal.TRANSFER_ENCODING;
			}
			// Netty has turned down the combination with HTTP/1.0 or with a length.
		}
		else if (length(headers) > longestBody) {
			return Refusal.BODY_TOO_LARGE;
		}
		ConnectionOptions.normalize(headers);
		CharSequence expectation = headers.get(HttpHeaderNames.EXPECT);
		boolean expected = expectation == null
				|| AsciiString.contentEqualsIgnoreCase(expectation, HttpHeaderValues.CONTINUE);
		return expected ? null : Refusal.EXPECTATION;
	}

	/** Netty has seen to it that there is one number at most. */
	private static long length(HttpHeaders headers) {
		String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
		if (length == null) {
			return 0;
		}
		try {
			return Long.parseLong(length.trim());
		}
		catch (NumberFormatException ex) {
			return Long.MAX_VALUE;
		}
	}

}
