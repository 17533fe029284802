package io.tandem.dbrouter.consistency;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

import io.tandem.dbrouter.ConsistencyTokens;
import io.tandem.dbrouter.gtid.GtidSet;
import org.jspecify.annotations.Nullable;

/**
 * Turns the contexts of threads into tokens and tokens into contexts.
 */
public final class ThreadTokens implements ConsistencyTokens {

	private final ConsistencyContexts contexts;

	private final SignedTokens tokens;

	private final Predicate<GtidSet> everywhere;

	/**
	 * Creates the tokens.
	 * @param contexts the contexts of the threads
	 * @param tokens writes and reads tokens
	 * @param everywhere whether every node has some transactions, so that they are no
	 * longer remembered
	 */
	public ThreadTokens(ConsistencyContexts contexts, SignedTokens tokens, Predicate<GtidSet> everywhere) {
		this.contexts = contexts;
		this.tokens = tokens;
		this.everywhere = everywhere;
	}

	@Override
	public Optional<String> current() {
		ConsistencyContext context = this.contexts.current();
		return (context != null) ? tokenOf(context) : Optional.empty();
	}

	/**
	 * The token of a context.
	 * @param context the context
	 * @return the token, empty if there is nothing to remember
	 */
	public Optional<String> tokenOf(ConsistencyContext context) {
		GtidSet required = context.required();
		return required.isEmpty() ? Optional.empty() : Optional.ofNullable(this.tokens.issue(required));
	}

	@Override
	public Scope resume(@Nullable String token) {
		return this.contexts.open(contextOf(token));
	}

	/**
	 * A context for a unit of work.
	 * @param token the token it starts with, {@code null} for none
	 * @return a context of no thread yet
	 */
	public ConsistencyContext contextOf(@Nullable String token) {
		GtidSet seen = (token != null) ? this.tokens.read(token) : GtidSet.EMPTY;
		return this.contexts.create(this.everywhere.test(seen) ? GtidSet.EMPTY : seen);
	}

	/**
	 * How long a token is valid.
	 * @return the time
	 */
	public Duration ttl() {
		return this.tokens.ttl();
	}

}
