package io.tandem.gateway.balance;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The way of one request to an instance: the attempt under way, those that failed, and
 * whether another may follow. No instance is tried twice. Attempts follow one another;
 * {@link #close()} may come from any thread at any time.
 * <p>
 * An attempt that sent nothing is followed by one at another instance as long as there is
 * one; an attempt that may have been executed only once, and only if the request is
 * replayable and the retry budget allows it.
 * <p>
 * Whoever asks for a dispatch must close it when the last byte has gone to the client, or
 * when the client is gone: until then it counts as in flight.
 */
public final class Dispatch implements AutoCloseable {

	/** The pick log keeps it. */
	private static final int LONGEST_ACCOUNT = 300;

	private final Balancer balancer;

	private final Request request;

	private final Rotation rotation;

	private final long loads;

	private final boolean sticky;

	private final long since;

	/** Neighbours in the list of attempts at one member; guarded by that list. */
	@Nullable Dispatch older;

	@Nullable Dispatch newer;

	private Tried tried = Tried.NONE;

	private Member current;

	private long attemptSince;

	private boolean open = true;

	private @Nullable Failure lastSent;

	private int status;

	private @Nullable String account;

	private long ended;

	Dispatch(Balancer balancer, Request request, Rotation rotation, Member first, boolean sticky, long loads) {
		this.balancer = balancer;
		this.request = request;
		this.rotation = rotation;
		this.loads = loads;
		this.sticky = sticky;
		this.since = balancer.now();
		this.current = first;
		this.attemptSince = since;
		balancer.budget().request(since);
		first.begin(this);
	}

	/** The instance of the attempt under way. */
	public Instance instance() {
		return current.instance();
	}

	/** Whether the attempt under way repeats a failed one. */
	public boolean isRetry() {
		return tried.size() > 0;
	}

	/**
	 * Whether a time-out of the attempt under way would be followed by an attempt at a
	 * healthy instance, so that waiting long is no use.
	 */
	public boolean hasAlternative() {
		return request.replayable() && lastSent == null && balancer.pool().current().hasHealthyOtherThan(current);
	}

	/**
	 * Ends the attempt under way: the answer has reached the client, to its last byte.
	 * @param status the answer's status
	 */
	public synchronized void answered(int status) {
		if (open) {
			this.status = status;
			end();
			balancer.listener().answered(current.instance(), status, ended - attemptSince);
		}
	}

	/**
	 * Keeps for the pick log what the instance says of its work, usually the header
	 * {@code Server-Timing}.
	 */
	public void account(@Nullable String text) {
		account = (text != null && text.length() > LONGEST_ACCOUNT) ? text.substring(0, LONGEST_ACCOUNT) : text;
	}

	/**
	 * Ends the attempt under way.
	 * @param failure why it failed
	 * @param repeatable whether the request can be sent again: nothing of its body was
	 * read, nothing of a response reached the client
	 * @return whether another attempt follows; {@link #instance()} is then the next one
	 */
	public synchronized boolean failed(Failure failure, boolean repeatable) {
		if (!open) {
			return false;
		}
		Member failed = current;
		balancer.listener().failed(failed.instance(), failure);
		tried = tried.and(failed, failure);
		Member next = repeatable ? next(failure) : null;
		if (failure.sent()) {
			lastSent = failure;
		}
		if (next == null) {
			end();
			return false;
		}
		failed.end(this);
		balancer.listener().retried(failed.instance(), failure);
		current = next;
		attemptSince = balancer.now();
		next.begin(this);
		return true;
	}

	private @Nullable Member next(Failure failure) {
		Rotation now = balancer.pool().current();
		if (!failure.sent()) {
			return now.pick(request.client(), tried, false);
		}
		if (!request.replayable() || lastSent != null) {
			return null;
		}
		// Waiting twice for an answer is only worth it where one can be expected.
		Member next = now.pick(request.client(), tried, failure == Failure.TIMED_OUT);
		if (next != null && !balancer.budget().tryRetry(balancer.now())) {
			balancer.listener().retryRefused(current.instance());
			return null;
		}
		return next;
	}

	/** Ends the attempt under way, if there still is one: the client has left. */
	@Override
	public synchronized void close() {
		if (open) {
			end();
		}
	}

	private void end() {
		open = false;
		ended = balancer.now();
		current.end(this);
		balancer.picks().add(this);
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
		Tried failed = tried;
		List<Instance> instances = new ArrayList<>();
		for (int i = 0; i < failed.size(); i++) {
			instances.add(failed.member(i).instance());
		}
		return List.copyOf(instances);
	}

	/** The failed attempts in words, in order. */
	public List<String> failedAttempts() {
		Tried failed = tried;
		List<String> attempts = new ArrayList<>();
		for (int i = 0; i < failed.size(); i++) {
			attempts.add(failed.member(i).instance().id() + " " + failed.failure(i).reason());
		}
		return List.copyOf(attempts);
	}

	/**
	 * The value that the client's sticky cookie is to get; null if it has that already or
	 * sessions are not sticky.
	 */
	public @Nullable String newStickyToken() {
		StickySessions sessions = balancer.stickySessions();
		String token = (sessions != null) ? sessions.token(current) : null;
		return (token != null && !token.equals(request.stickyToken())) ? token : null;
	}

	Request request() {
		return request;
	}

	Rotation rotation() {
		return rotation;
	}

	long loads() {
		return loads;
	}

	boolean isSticky() {
		return sticky;
	}

	long since() {
		return since;
	}

	long attemptSince() {
		return attemptSince;
	}

	long ended() {
		return ended;
	}

	int status() {
		return status;
	}

	@Nullable String account() {
		return account;
	}

	Member current() {
		return current;
	}

	Tried failures() {
		return tried;
	}

}
