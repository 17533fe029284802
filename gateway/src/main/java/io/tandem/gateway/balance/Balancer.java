package io.tandem.gateway.balance;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The core that every data path shares: where a request goes first and what follows a
 * failure. Never blocks; may be called on event loops.
 */
public final class Balancer {

	private final InstancePool pool;

	private final AttemptListener listener;

	private final RetryBudget budget;

	private final @Nullable StickySessions stickySessions;

	private final PickLog picks = new PickLog();

	/**
	 * Creates a balancer.
	 * @param stickySecret what sticky cookies are signed with; null if sessions are not
	 * sticky
	 */
	public Balancer(InstancePool pool, List<AttemptListener> listeners, RetryBudget budget,
			@Nullable String stickySecret) {
		this.pool = pool;
		this.listener = AttemptListener.all(listeners);
		this.budget = budget;
		this.stickySessions = (stickySecret != null) ? new StickySessions(pool, stickySecret) : null;
		if (stickySessions != null) {
			pool.listen(stickySessions);
		}
	}

	/**
	 * Chooses the instance of a new request.
	 * @return null if no instance may take any, because all are in maintenance
	 */
	public @Nullable Dispatch dispatch(Request request) {
		Rotation rotation = pool.current();
		Rotation.Group serving = rotation.serving();
		if (serving == null) {
			listener.noInstance();
			return null;
		}
		long loads = rotation.algorithm().byLoad() ? Loads.of(serving.candidates()) : 0;
		Member member = (stickySessions != null) ? stickySessions.member(request.stickyToken()) : null;
		boolean sticky = member != null && rotation.kept().contains(member);
		if (member == null || !sticky) {
			member = rotation.algorithm().selector().select(serving.candidates(), request.client(), Tried.NONE);
		}
		return new Dispatch(this, request, rotation, member, sticky, loads);
	}

	/** Whether {@link Request#stickyToken()} matters. */
	public boolean hasStickySessions() {
		return stickySessions != null;
	}

	/**
	 * Why the last requests went where they did, newest first.
	 * @param limit at most 1,024 are known
	 */
	public List<Pick> lastPicks(int limit) {
		long now = now();
		return picks.last(limit).stream().map((dispatch) -> Pick.explain(dispatch, now)).toList();
	}

	InstancePool pool() {
		return pool;
	}

	AttemptListener listener() {
		return listener;
	}

	RetryBudget budget() {
		return budget;
	}

	@Nullable StickySessions stickySessions() {
		return stickySessions;
	}

	PickLog picks() {
		return picks;
	}

	long now() {
		return pool.now();
	}

}
