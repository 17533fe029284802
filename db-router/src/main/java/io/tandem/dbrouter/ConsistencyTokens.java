package io.tandem.dbrouter;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Carries what a unit of work has written to another one, perhaps in another instance, so
 * that it sees it: in a message, a job or an e-mail's link. For web requests the filter
 * does it.
 */
public interface ConsistencyTokens {

	/**
	 * The token of this thread's unit of work.
	 * @return the token, valid for {@code db-router.consistency.token.ttl}; empty if it
	 * has written nothing and came without one that still matters
	 */
	Optional<String> current();

	/**
	 * Begins a unit of work on this thread that sees what the holder of a token has
	 * written. Without a token it sees at least what it writes itself.
	 * @param token the token, {@code null} for none; one that is forged, expired or
	 * otherwise useless counts as none
	 * @return ends the unit of work and goes back to the one before
	 */
	Scope resume(@Nullable String token);

	/** A unit of work of one thread. */
	interface Scope extends AutoCloseable {

		@Override
		void close();

	}

}
