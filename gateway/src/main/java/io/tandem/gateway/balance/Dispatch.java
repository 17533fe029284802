package io.tandem.gateway.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The way of one request to an instance: the attempt under way, those that failed, and
 * whether another may follow. No instance is tried twice. Not thread-safe; attempts
 * follow one another.
 * <p>
 * An attempt that sent nothing is followed by one at another instance as long as there is
 * one; an attempt that may have been executed only once, and only if the request is
 * replayable.
 */
public final class Dispatch {

	private final InstancePool pool;

	private final AttemptListener listener;

	private final boolean replayable;

	private List<Instance> tried = List.of();

	private Instance current;

	private @Nullable Failure lastSent;

	Dispatch(InstancePool pool, AttemptListener listener, boolean replayable) {
		this.pool = pool;
		this.listener = listener;
		this.replayable = replayable;
		this.current = Objects.requireNonNull(pool.pick(tried), "a pool is never empty");
	}

	/** The instance of the attempt under way. */
	public Instance instance() {
		return current;
	}

	/** Whether the attempt under way repeats a failed one. */
	public boolean isRetry() {
		return !tried.isEmpty();
	}

	/**
	 * Whether a time-out of the attempt under way would be followed by an attempt at a
	 * healthy instance, so that waiting long is no use.
	 */
	public boolean hasAlternative() {
		return replayable && lastSent == null && pool.hasHealthyOtherThan(current);
	}

	public void answered() {
		listener.answered(current);
	}

	/**
	 * Ends the attempt under way.
	 * @param failure why it failed
	 * @param repeatable whether the request can be sent again: nothing of its body was
	 * read, nothing of a response reached the client
	 * @return whether another attempt follows; {@link #instance()} is then the next one
	 */
	public boolean failed(Failure failure, boolean repeatable) {
		listener.failed(current, failure);
		if (tried.isEmpty()) {
			tried = new ArrayList<>(2);
		}
		tried.add(current);
		Instance next = repeatable ? next(failure) : null;
		if (failure.sent()) {
			lastSent = failure;
		}
		if (next == null) {
			return false;
		}
		listener.retried(current, failure);
		current = next;
		return true;
	}

	private @Nullable Instance next(Failure failure) {
		if (!failure.sent()) {
			return pool.pick(tried);
		}
		if (!replayable || lastSent != null) {
			return null;
		}
		// Waiting twice for an answer is only worth it where one can be expected.
		return (failure == Failure.TIMED_OUT) ? pool.pickHealthy(tried) : pool.pick(tried);
	}

	/**
	 * The failure to report to the client after the last attempt: the last one that an
	 * instance may have executed, or null if no instance received anything.
	 */
	public @Nullable Failure verdict() {
		return lastSent;
	}

	/** The instances whose attempts failed, in order. */
	public List<Instance> tried() {
		return List.copyOf(tried);
	}

}
