package io.tandem.gateway.balance;

import java.util.List;

/**
 * Hears of every attempt at an instance. Called on event loops: must not block.
 */
public interface AttemptListener {

	/** The instance answered, with any status, and the answer reached the client. */
	default void answered(Instance instance) {
	}

	default void failed(Instance instance, Failure failure) {
	}

	/** A failed attempt at this instance is followed by one at another. */
	default void retried(Instance instance, Failure failure) {
	}

	static AttemptListener all(List<AttemptListener> listeners) {
		AttemptListener[] all = listeners.toArray(AttemptListener[]::new);
		return new AttemptListener() {

			@Override
			public void answered(Instance instance) {
				for (AttemptListener listener : all) {
					listener.answered(instance);
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

		};
	}

}
