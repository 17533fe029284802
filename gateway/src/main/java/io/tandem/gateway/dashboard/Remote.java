package io.tandem.gateway.dashboard;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;

/**
 * Another process that is asked the same again and again over its management port: what
 * it said last, and whether it still answers. Bounded in time and size; never waits.
 *
 * @param <T> what its answers mean
 */
final class Remote<T> {

	private static final Duration TIMEOUT = Duration.ofMillis(900);

	private static final int LARGEST = 256 * 1024;

	/** Rounds left out at most, when there is nothing to be had again and again. */
	private static final int PATIENCE = 30;

	private final HttpClient client;

	private final URI uri;

	private final Function<byte[], T> reader;

	private final Executor executor;

	/** Called when it is lost or found, and with each answer. */
	private final Runnable onAnswer;

	private volatile @Nullable T last;

	private volatile boolean answering;

	private volatile boolean asking;

	private int skip;

	/** Rounds to leave out after the next refusal; only used by the executor. */
	private int patience;

	/**
	 * Creates the remote.
	 * @param reader runs on the executor
	 */
	Remote(HttpClient client, URI uri, Function<byte[], T> reader, Executor executor, Runnable onAnswer) {
		this.client = client;
		this.uri = uri;
		this.reader = reader;
		this.executor = executor;
		this.onAnswer = onAnswer;
	}

	/** Asks, unless an answer is still awaited. */
	void ask() {
		if (asking || skip-- > 0) {
			return;
		}
		asking = true;
		skip = 0;
		client.get().uri(uri).response((response, body) -> {
			if (response.status().code() != 200) {
				return Mono.error(new Refused(response.status().code()));
			}
			return body.asByteArray().collect(ByteArrayOutputStream::new, Remote::append);
		})
			.next()
			.timeout(TIMEOUT)
			.publishOn(Schedulers.fromExecutor(executor))
			.map((body) -> reader.apply(body.toByteArray()))
			.subscribe(this::answered, this::failed);
	}

	private static void append(ByteArrayOutputStream body, byte[] part) {
		if (body.size() + part.length > LARGEST) {
			throw new IllegalStateException("sent more than " + LARGEST + " bytes");
		}
		body.writeBytes(part);
	}

	private void answered(T answer) {
		last = answer;
		answering = true;
		patience = 0;
		asking = false;
		onAnswer.run();
	}

	private void failed(Throwable error) {
		if (error instanceof Refused) {
			// A single one may be a mishap.
			skip = patience;
			patience = Math.min(PATIENCE, 2 * patience + 1);
		}
		answering = false;
		asking = false;
		onAnswer.run();
	}

	/** What it said when it last said something. */
	@Nullable T last() {
		return last;
	}

	boolean isAnswering() {
		return answering;
	}

	/** It answers, but not this. */
	private static final class Refused extends RuntimeException {

		Refused(int status) {
			super("answered " + status, null, false, false);
		}

	}

}
