package io.tandem.dbrouter.consistency;

import java.time.Duration;

import io.tandem.dbrouter.ConsistencyTokens.Scope;
import io.tandem.dbrouter.gtid.CommitListener;
import io.tandem.dbrouter.gtid.GtidSet;
import org.jspecify.annotations.Nullable;

/**
 * The contexts of the threads of this instance. A thread that commits outside of any unit
 * of work gets one for itself.
 */
public final class ConsistencyContexts implements CommitListener {

	/** Not static: another application context may be connected to other servers. */
	@SuppressWarnings("ThreadLocalUsage")
	private final ThreadLocal<ConsistencyContext> current = new ThreadLocal<>();

	private final Duration keep;

	private final RecentTransactions instance;

	/**
	 * Creates the contexts.
	 * @param keep how long a transaction is remembered
	 */
	public ConsistencyContexts(Duration keep) {
		this.keep = keep;
		this.instance = recent();
	}

	private RecentTransactions recent() {
		return new RecentTransactions(this.keep, System::nanoTime);
	}

	/**
	 * A context for a new unit of work.
	 * @param seen what its client has written before
	 * @return a context of no thread yet
	 */
	public ConsistencyContext create(GtidSet seen) {
		RecentTransactions required = recent();
		if (!seen.isEmpty()) {
			required.add(seen);
		}
		return new ConsistencyContext(required);
	}

	/**
	 * This thread's context.
	 * @return the context, {@code null} if it has none
	 */
	public @Nullable ConsistencyContext current() {
		return this.current.get();
	}

	/**
	 * Makes a context this thread's.
	 * @param context the context, {@code null} for none
	 */
	public void set(@Nullable ConsistencyContext context) {
		if (context != null) {
			this.current.set(context);
		}
		else {
			this.current.remove();
		}
	}

	/**
	 * Makes a context this thread's for a while.
	 * @param context the context
	 * @return goes back to the context before
	 */
	public Scope open(ConsistencyContext context) {
		ConsistencyContext before = this.current.get();
		set(context);
		return () -> set(before);
	}

	GtidSet requiredByUnitOfWork() {
		ConsistencyContext context = this.current.get();
		return (context != null) ? context.required() : GtidSet.EMPTY;
	}

	GtidSet committedByInstance() {
		return this.instance.get();
	}

	@Override
	public void committed(GtidSet transactions) {
		this.instance.add(transactions);
		add(transactions);
	}

	/** This thread's unit of work may have seen something. */
	void seen(GtidSet transactions) {
		if (!requiredByUnitOfWork().contains(transactions)) {
			add(transactions);
		}
	}

	private void add(GtidSet transactions) {
		ConsistencyContext context = this.current.get();
		if (context == null) {
			context = create(GtidSet.EMPTY);
			this.current.set(context);
		}
		context.add(transactions);
	}

}
