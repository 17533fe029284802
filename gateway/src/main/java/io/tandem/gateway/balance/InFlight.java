package io.tandem.gateway.balance;

import org.jspecify.annotations.Nullable;

/**
 * The attempts under way at one instance, oldest first: a list whose links are fields of
 * the attempts, so that counting allocates nothing and the age of the oldest is exact.
 */
final class InFlight {

	private @Nullable Dispatch oldest;

	private @Nullable Dispatch newest;

	/** Written under the lock, read without. */
	private volatile int count;

	@SuppressWarnings("NonAtomicVolatileUpdate")
	synchronized void add(Dispatch dispatch) {
		dispatch.older = newest;
		dispatch.newer = null;
		if (newest != null) {
			newest.newer = dispatch;
		}
		else {
			oldest = dispatch;
		}
		newest = dispatch;
		count++;
	}

	@SuppressWarnings("NonAtomicVolatileUpdate")
	synchronized void remove(Dispatch dispatch) {
		Dispatch older = dispatch.older;
		Dispatch newer = dispatch.newer;
		if (older != null) {
			older.newer = newer;
		}
		else {
			oldest = newer;
		}
		if (newer != null) {
			newer.older = older;
		}
		else {
			newest = older;
		}
		// The pick log keeps the attempt: it must not keep its neighbours too.
		dispatch.older = null;
		dispatch.newer = null;
		count--;
	}

	int count() {
		return count;
	}

	/** When the oldest attempt began, or null if there is none. */
	synchronized @Nullable Long oldestSince() {
		return (oldest != null) ? oldest.attemptSince() : null;
	}

}
