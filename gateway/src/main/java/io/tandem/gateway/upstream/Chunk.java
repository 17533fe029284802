package io.tandem.gateway.upstream;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** What stands around the parts of a body in chunks. */
final class Chunk {

	private static final ByteBuf END = constant("\r\n");

	private static final ByteBuf LAST = constant("0\r\n\r\n");

	private Chunk() {
	}

	/**
	 * The line before a part.
	 * @param size of the part in bytes, not 0: that would be the end of the body
	 */
	static ByteBuf begin(int size) {
		return Unpooled.copiedBuffer(Integer.toHexString(size) + "\r\n", StandardCharsets.US_ASCII);
	}

	static ByteBuf end() {
		return END.duplicate();
	}

	/** The end of the body, without trailers. */
	static ByteBuf last() {
		return LAST.duplicate();
	}

	private static ByteBuf constant(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
		return Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes)).asReadOnly();
	}

}
