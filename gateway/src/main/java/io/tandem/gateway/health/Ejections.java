package io.tandem.gateway.health;

/**
 * How often an instance was ejected lately, and until when it is.
 *
 * @param recent ejections that were not forgiven when it began
 * @param since when the last one began
 * @param until when it may return, if checks pass
 * @param total all since the start
 */
record Ejections(int recent, long since, long until, long total) {

	/** Beyond any bound that makes sense, and too few to overflow. */
	private static final int MOST_DOUBLINGS = 16;

	static final Ejections NONE = new Ejections(0, 0, 0, 0);

	Ejections next(long now, EjectionProperties properties) {
		int count = recent(now, properties) + 1;
		return new Ejections(count, now, now + nanos(count, properties), total + 1);
	}

	/** Those that still count: one less for each period of good conduct. */
	int recent(long now, EjectionProperties properties) {
		long good = Math.max(0, now - until);
		return (int) Math.max(0, recent - good / properties.forgiveness().toNanos());
	}

	boolean isOver(long now) {
		return recent == 0 || now - until >= 0;
	}

	private static long nanos(int count, EjectionProperties properties) {
		if (count < 2) {
			return 0;
		}
		long nanos = properties.base().toNanos() << Math.min(count - 2, MOST_DOUBLINGS);
		return Math.min(nanos, properties.longest().toNanos());
	}

}
