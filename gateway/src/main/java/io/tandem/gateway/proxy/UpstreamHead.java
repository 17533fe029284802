package io.tandem.gateway.proxy;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.AsciiString;
import io.tandem.gateway.upstream.BodyFraming;

/**
 * Writes the head of the request that an instance gets: the client's headers in one pass,
 * without those of this hop, and who the client is. Header objects in between would be a
 * good part of what a request allocates.
 */
final class UpstreamHead {

	private static final AsciiString VERSION = AsciiString.cached(" HTTP/1.1\r\n");

	private static final int COLON_AND_SPACE = (':' << 8) | ' ';

	private static final int END_OF_LINE = ('\r' << 8) | '\n';

	private final ByteBuf bytes;

	UpstreamHead(ByteBuf bytes) {
		this.bytes = bytes;
	}

	/**
	 * Writes the first line.
	 * @param target path and query
	 */
	void begin(HttpMethod method, String target) {
		ByteBufUtil.writeAscii(bytes, method.asciiName());
		bytes.writeByte(' ');
		ByteBufUtil.writeUtf8(bytes, target.isEmpty() ? "/" : target);
		ByteBufUtil.writeAscii(bytes, VERSION);
	}

	/** Writes those of the client's headers that are passed on. */
	void add(HttpHeaders received) {
		Iterator<Map.Entry<CharSequence, CharSequence>> each = received.iteratorCharSequence();
		while (each.hasNext()) {
			Map.Entry<CharSequence, CharSequence> header = each.next();
			if (ForwardedHeaders.isPassedOn(header.getKey())) {
				write(header.getKey(), header.getValue());
			}
		}
	}

	/** Writes a header of the client's if it is passed on. */
	void add(String name, List<String> values) {
		if (ForwardedHeaders.isPassedOn(name)) {
			values.forEach((value) -> write(name, value));
		}
	}

	/** Writes what the gateway says, and the end. */
	void complete(Client client) {
		if (client.isUpgrade()) {
			write(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
			write(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
		}
		else if (client.framing() == BodyFraming.CHUNKED) {
			write(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
		}
		client.forwarded().writeTo(bytes);
		bytes.writeShort(END_OF_LINE);
	}

	/** Each character a byte. They were checked when the server decoded them. */
	private void write(CharSequence name, CharSequence value) {
		ByteBufUtil.writeAscii(bytes, name);
		bytes.writeShort(COLON_AND_SPACE);
		ByteBufUtil.writeAscii(bytes, value);
		bytes.writeShort(END_OF_LINE);
	}

}
