package io.tandem.dbrouter.metrics;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tandem.dbrouter.consistency.ConsistencyListener;
import io.tandem.dbrouter.consistency.TokenOutcome;
import io.tandem.dbrouter.routing.CausalOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Counts causal reads and tokens by what became of them.
 */
public final class ConsistencyMetrics implements ConsistencyListener {

	private final Map<CausalOutcome, Counter> reads = new EnumMap<>(CausalOutcome.class);

	private final Map<TokenOutcome, Counter> tokens = new EnumMap<>(TokenOutcome.class);

	private final Timer caughtUp;

	private final Timer timedOut;

	/**
	 * Creates the meters.
	 * @param registry where to count
	 */
	public ConsistencyMetrics(MeterRegistry registry) {
		for (CausalOutcome outcome : CausalOutcome.values()) {
			this.reads.put(outcome,
					Counter.builder("db.router.causal")
						.description("Reads that had to see something, by how they came to see it")
						.tag("outcome", tag(outcome))
						.register(registry));
		}
		for (TokenOutcome outcome : TokenOutcome.values()) {
			this.tokens.put(outcome,
					Counter.builder("db.router.tokens")
						.description("Consistency tokens by what became of them")
						.tag("outcome", tag(outcome))
						.register(registry));
		}
		this.caughtUp = wait(registry, "caught-up");
		this.timedOut = wait(registry, "timed-out");
	}

	private static Timer wait(MeterRegistry registry, String outcome) {
		return Timer.builder("db.router.causal.wait")
			.description("Waits until a replica has what a read must see")
			.tag("outcome", outcome)
			.register(registry);
	}

	@Override
	public void settled(CausalOutcome outcome) {
		count(this.reads.get(outcome));
	}

	@Override
	public void waited(Duration time, boolean inTime) {
		(inTime ? this.caughtUp : this.timedOut).record(time);
	}

	@Override
	public void token(TokenOutcome outcome) {
		count(this.tokens.get(outcome));
	}

	private static void count(@Nullable Counter counter) {
		if (counter != null) {
			counter.increment();
		}
	}

	private static String tag(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
