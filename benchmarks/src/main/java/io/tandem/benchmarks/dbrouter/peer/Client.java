package io.tandem.benchmarks.dbrouter.peer;

import java.util.Random;

/**
 * One client of the application: a thread that reads and writes one after the other.
 */
final class Client {

	private final Items items;

	private final Session session;

	private final Random random;

	private final Latencies reads = new Latencies();

	private final Latencies writes = new Latencies();

	private long errors;

	Client(Items items, Session session, int seed) {
		this.items = items;
		this.session = session;
		this.random = new Random(seed);
	}

	/** Nine reads of ten until a time of {@link System#nanoTime()}. */
	void run(long until) {
		for (long begin = System.nanoTime(); begin < until; begin = System.nanoTime()) {
			long id = this.random.nextLong(1, Table.ROWS + 1);
			Kind kind = (this.random.nextInt(10) != 0) ? Kind.READ : Kind.WRITE;
			try {
				this.session.call(kind, kind.on(this.items, id));
				((kind == Kind.READ) ? this.reads : this.writes).add(System.nanoTime() - begin);
			}
			catch (RuntimeException ex) {
				if (this.errors++ == 0) {
					ex.printStackTrace();
				}
			}
		}
	}

	Latencies reads() {
		return this.reads;
	}

	Latencies writes() {
		return this.writes;
	}

	long errors() {
		return this.errors;
	}

}
