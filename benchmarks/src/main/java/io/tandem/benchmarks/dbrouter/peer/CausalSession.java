package io.tandem.benchmarks.dbrouter.peer;

import java.util.function.Supplier;

import io.tandem.dbrouter.ConsistencyTokens;
import io.tandem.dbrouter.ConsistencyTokens.Scope;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;

/**
 * Sends the consistency token of the last write with each request, as a browser does, and
 * gets a new one with the answer to a write, as the filter does it.
 */
final class CausalSession implements Session {

	private final ConsistencyTokens tokens;

	private @Nullable String token;

	private CausalSession(ConsistencyTokens tokens) {
		this.tokens = tokens;
	}

	static Supplier<Session> of(BeanFactory application) {
		ConsistencyTokens tokens = application.getBean(ConsistencyTokens.class);
		return () -> new CausalSession(tokens);
	}

	@Override
	public void call(Kind kind, Runnable request) {
		Scope scope = this.tokens.resume(this.token);
		try {
			request.run();
			if (kind == Kind.WRITE) {
				this.token = this.tokens.current().orElse(null);
			}
		}
		finally {
			scope.close();
		}
	}

}
