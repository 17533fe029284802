package io.tandem.gateway.balance;

import java.util.List;

/**
 * The core that every data path shares: where a request goes first and what follows a
 * failure.
 */
public final class Balancer {

	private final InstancePool pool;

	private final AttemptListener listener;

	public Balancer(InstancePool pool, List<AttemptListener> listeners) {
		this.pool = pool;
		this.listener = AttemptListener.all(listeners);
	}

	/**
	 * Chooses the instance of a new request.
	 * @param replayable whether the request may be executed twice and carries no body, so
	 * that it can be repeated even after an instance may have received it
	 */
	public Dispatch dispatch(boolean replayable) {
		return new Dispatch(pool, listener, replayable);
	}

}
