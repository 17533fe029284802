package io.tandem.dbrouter.consistency;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Takes the context along when work goes on in another thread. Both work on the same one,
 * so what an asynchronous method writes, the token of its request has, if it was written
 * before the response began.
 */
public final class ContextAccessor implements ThreadLocalAccessor<ConsistencyContext> {

	private final ConsistencyContexts contexts;

	/**
	 * Creates the accessor of one application context.
	 * @param contexts the contexts of its threads
	 */
	public ContextAccessor(ConsistencyContexts contexts) {
		this.contexts = contexts;
	}

	/** One for each application context: they may be connected to different servers. */
	@Override
	public Object key() {
		return this;
	}

	@Override
	public @Nullable ConsistencyContext getValue() {
		return this.contexts.current();
	}

	@Override
	public void setValue(ConsistencyContext value) {
		this.contexts.set(value);
	}

	@Override
	public void setValue() {
		this.contexts.set(null);
	}

}
