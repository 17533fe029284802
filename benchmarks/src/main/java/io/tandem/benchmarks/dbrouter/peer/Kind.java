package io.tandem.benchmarks.dbrouter.peer;

/**
 * A transaction of the application.
 */
public enum Kind {

	/** A read-only transaction with one find. */
	READ,

	/** A read-only transaction with three finds. */
	READ_THREE,

	/** A read-only transaction without a statement. */
	NOTHING,

	/** A transaction with one update. */
	WRITE;

	Runnable on(Items items, long id) {
		return switch (this) {
			case READ -> () -> items.read(id);
			case READ_THREE -> () -> items.readThree(id);
			case NOTHING -> items::nothing;
			case WRITE -> () -> items.write(id);
		};
	}

}
