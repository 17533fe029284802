package io.tandem.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;
import io.tandem.gateway.balance.Failure;

/**
 * Hears what becomes of a call, always on the call's event loop. {@link #ended()} or
 * {@link #failed(Failure)} is the last it hears.
 */
public interface AnswerListener {

	/** The head is on its way; the body, if there is one, can follow. */
	void connected();

	/**
	 * More of the body can be sent, after {@link UpstreamCall#isWritable()} was false.
	 */
	void writable();

	/** The answer has begun; never one with an interim status but 101. */
	void head(HttpResponse head);

	/** Some of the body, which the listener has to release. */
	void body(ByteBuf part);

	/** Nothing more has arrived for the moment. */
	void pause();

	/** The answer is complete. */
	void ended();

	void failed(Failure failure);

}
