package io.tandem.gateway.support;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A message as it came over the wire: a request or a response.
 *
 * @param start the first line
 * @param headers the header lines, in order
 * @param body the body without its framing
 */
public record TestMessage(String start, List<String> headers, String body) {

	public static @Nullable TestMessage read(InputStream in, boolean withBody) throws IOException {
		String start = line(in);
		if (start == null) {
			return null;
		}
		List<String> headers = new ArrayList<>();
		for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
			headers.add(line);
		}
		TestMessage head = new TestMessage(start, headers, "");
		return withBody ? new TestMessage(start, headers, head.readBody(in)) : head;
	}

	public String readBody(InputStream in) throws IOException {
		if ("chunked".equals(header("Transfer-Encoding"))) {
			ByteArrayOutputStream body = new ByteArrayOutputStream();
			for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
				body.write(in.readNBytes(size));
				line(in);
			}
			line(in);
			return body.toString(StandardCharsets.ISO_8859_1);
		}
		String length = header("Content-Length");
		return new String(in.readNBytes((length != null) ? Integer.parseInt(length) : 0), StandardCharsets.ISO_8859_1);
	}

	private static int chunkSize(InputStream in) throws IOException {
		String line = line(in);
		if (line == null) {
			throw new EOFException("in the middle of a chunked body");
		}
		return Integer.parseInt(line.trim(), 16);
	}

	private static @Nullable String line(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int c = in.read(); c != -1; c = in.read()) {
			if (c == '\n') {
				return line.toString();
			}
			if (c != '\r') {
				line.append((char) c);
			}
		}
		return null;
	}

	public String method() {
		return start.substring(0, start.indexOf(' '));
	}

	public String target() {
		return word(1);
	}

	public int status() {
		return Integer.parseInt(word(1));
	}

	/** Whether the connection ends with this message. */
	public boolean isLast() {
		return "close".equalsIgnoreCase(header("Connection"));
	}

	public List<String> headers(String name) {
		String prefix = name.toLowerCase(Locale.ROOT) + ":";
		return headers.stream()
			.filter((line) -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
			.map((line) -> line.substring(prefix.length()).trim())
			.toList();
	}

	public @Nullable String header(String name) {
		List<String> values = headers(name);
		return values.isEmpty() ? null : values.getFirst();
	}

	private String word(int index) {
		return List.of(start.split(" ", -1)).get(index);
	}

}
