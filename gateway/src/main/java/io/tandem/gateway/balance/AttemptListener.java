package io.tandem.gateway.balance;

import java.util.List;

/**
 * Hears of every attempt at an instance, and of requests without one. Called on event
 * loops: must not block.
 */
public interface AttemptListener {

	/**
	 * The instance answered, and the answer reached the client.
	 * @param status any status, an error's too
	 * @param nanos from the beginning of the attempt to the end of the body
	 */
	default void answered(Instance instance, int status, long nanos) {
	}

	default void failed(Instance instance, Failure failure) {
	}

	/** A failed attempt at this instance is followed by one at another. */
	default void retried(Instance instance, Failure failure) {
	}

	/** A failed attempt at this instance would have been, but for the retry budget. */
	default void retryRefused(Instance instance) {
	}

	/** A request came while no instance may take any. */
	default void noInstance() {
	}

	static AttemptListener all(List<AttemptListener> listeners) {
		AttemptListener[] all = listeners.toArray(AttemptListener[]::new);
		return new AttemptListener() {

			@Override
			public void answered(Instance instance, int status, long nanos) {
				for (AttemptListener listener : all) {
					listener.answered(instance, status, nanos);
				}
			}

			@Override
			public void failed(Instance instance, Failure failure) {
				for (AttemptListener listener : all) {
					listener.failed(instance, failure);
				}
			}

			@Override
			public void retried(Instance instance, Failure failure) {
				for (AttemptListener listener : all) {
					listener.retried(instance, failure);
				}
			}

			@Override
			public void retryRefused(Instance instance) {
				for (AttemptListener listener : all) {
					listener.retryRefused(instance);
				}
			}

			@Override
			public void noInstance() {
				for (AttemptListener listener : all) {
					listener.noInstance();
				}
			}

		};
	}

}
