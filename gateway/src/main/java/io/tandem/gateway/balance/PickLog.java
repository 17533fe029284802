package io.tandem.gateway.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The last requests, to explain why each went where it did. Logging one stores a
 * reference to what exists anyway: nothing is allocated, copied, locked or formatted
 * until somebody reads.
 */
final class PickLog {

	/** A power of two. Every young collection copies as many, at some 300 bytes each. */
	static final int SIZE = 256;

	private final AtomicReferenceArray<Dispatch> ring = new AtomicReferenceArray<>(SIZE);

	private final AtomicLong logged = new AtomicLong();

	/** The dispatch must not change any more. */
	void add(Dispatch ended) {
		ring.setRelease((int) (logged.getAndIncrement() & (SIZE - 1)), ended);
	}

	/** The last dispatches, newest first. */
	List<Dispatch> last(int limit) {
		long newest = logged.get();
		List<Dispatch> last = new ArrayList<>();
		for (long i = newest - 1; i >= 0 && i >= newest - SIZE && last.size() < limit; i--) {
			Dispatch dispatch = ring.getAcquire((int) (i & (SIZE - 1)));
			if (dispatch != null) {
				last.add(dispatch);
			}
		}
		return last;
	}

}
