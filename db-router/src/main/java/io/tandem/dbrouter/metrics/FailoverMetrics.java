package io.tandem.dbrouter.metrics;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tandem.dbrouter.failover.FailoverWatch;
import io.tandem.dbrouter.failover.LostTransactions;
import io.tandem.dbrouter.failover.WriteGate;

/**
 * Shows how many writes wait for a primary in {@code db.router.write.gate.waiting}, what
 * the primary is known to lack in {@code db.router.lost.transactions} and how often and
 * how long there was none in {@code db.router.failover}.
 */
public final class FailoverMetrics implements MeterBinder {

	private final WriteGate gate;

	private final FailoverWatch watch;

	/**
	 * Creates the binder.
	 * @param gate where writes wait
	 * @param watch knows what happened to the primary
	 */
	public FailoverMetrics(WriteGate gate, FailoverWatch watch) {
		this.gate = gate;
		this.watch = watch;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("db.router.write.gate.waiting", this.gate, WriteGate::waiting)
			.description("Units of work that wait for a primary")
			.register(registry);
		Gauge.builder("db.router.lost.transactions", this.watch, FailoverMetrics::lost)
			.description("Committed transactions that the present primary is known to lack")
			.register(registry);
		FunctionTimer
			.builder("db.router.failover", this.watch, FailoverWatch::failovers,
					(watch) -> watch.withoutPrimary().toNanos(), TimeUnit.NANOSECONDS)
			.description("Times without a primary that have ended")
			.register(registry);
	}

	private static double lost(FailoverWatch watch) {
		LostTransactions lost = watch.lost();
		return (lost != null) ? lost.count() : 0;
	}

}
