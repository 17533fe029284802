package io.tandem.gateway.upstream;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.AsciiString;

/**
 * Decodes answers and knows which of them has no body because nobody asked for it.
 */
final class AnswerDecoder extends HttpResponseDecoder {

	/** Larger pieces than Netty's 8 KiB: fewer objects for the same bytes. */
	private static final int LARGEST_PART = 64 * 1024;

	private final Vocabulary vocabulary;

	private boolean toHead;

	private boolean begun;

	AnswerDecoder(int maxHeaderSize, Vocabulary vocabulary) {
		super(new HttpDecoderConfig().setMaxHeaderSize(maxHeaderSize)
			.setMaxChunkSize(LARGEST_PART)
			.setTrailersFactory(IgnoredTrailers.FACTORY));
		this.vocabulary = vocabulary;
	}

	/** Whether the next answer is one to HEAD. */
	void toHead(boolean toHead) {
		this.toHead = toHead;
	}

	/** The answer is complete. */
	void complete() {
		begun = false;
	}

	/** Whether something has arrived since the last answer was complete. */
	boolean hasMore() {
		return begun || actualReadableBytes() > 0;
	}

	@Override
	protected String splitFirstWordInitialLine(byte[] bytes, int start, int length) {
		return vocabulary.word(bytes, start, length).toString();
	}

	@Override
	protected String splitSecondWordInitialLine(byte[] bytes, int start, int length) {
		return vocabulary.word(bytes, start, length).toString();
	}

	@Override
	protected String splitThirdWordInitialLine(byte[] bytes, int start, int length) {
		return vocabulary.word(bytes, start, length).toString();
	}

	@Override
	protected AsciiString splitHeaderName(byte[] bytes, int start, int length) {
		return vocabulary.word(bytes, start, length);
	}

	@Override
	protected HttpMessage createMessage(String[] initialLine) {
		begun = true;
		return super.createMessage(initialLine);
	}

	@Override
	protected boolean isContentAlwaysEmpty(HttpMessage message) {
		return toHead || super.isContentAlwaysEmpty(message);
	}

	/** Whether the end of its body shows, other than by the end of the connection. */
	boolean knowsTheEndOf(HttpResponse head) {
		return isContentAlwaysEmpty(head) || HttpUtil.isContentLengthSet(head)
				|| HttpUtil.isTransferEncodingChunked(head);
	}

	/** Two lengths: whoever believes the other one sees another message. */
	@Override
	protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
		throw new IllegalArgumentException("Both a Content-Length and Transfer-Encoding: chunked");
	}

}
