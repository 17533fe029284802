package io.tandem.gateway.trace;

import java.util.Iterator;
import java.util.concurrent.ThreadLocalRandom;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that every request belongs to a trace: to its sender's if it names one, else
 * to a new one that begins here.
 */
public final class Traces {

	private static final AsciiString PARENT = AsciiString.cached("traceparent");

	private static final AsciiString STATE = AsciiString.cached("tracestate");

	private final double sampling;

	/**
	 * Creates it.
	 * @param sampling which part of the new traces is to be exported, 0 to 1
	 */
	Traces(double sampling) {
		this.sampling = sampling;
	}

	/** Changes the headers of a request unless they name one trace. */
	public void ensure(HttpHeaders headers) {
		if (!headers.contains(PARENT) || !nameOne(headers)) {
			headers.set(PARENT, TraceParent.random(ThreadLocalRandom.current().nextDouble() < sampling));
			headers.remove(STATE);
		}
	}

	private static boolean nameOne(HttpHeaders headers) {
		Iterator<? extends CharSequence> parents = headers.valueCharSequenceIterator(PARENT);
		return parents.hasNext() && TraceParent.isValid(parents.next()) && !parents.hasNext();
	}

	/** The trace that a request belongs to; null if it was refused before it had one. */
	public static @Nullable String of(HttpHeaders headers) {
		String parent = headers.get(PARENT);
		return (parent != null) ? TraceParent.trace(parent) : null;
	}

}
