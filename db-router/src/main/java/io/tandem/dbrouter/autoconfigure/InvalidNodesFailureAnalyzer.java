package io.tandem.dbrouter.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what is wrong with {@code db-router.nodes} and what to write instead.
 */
final class InvalidNodesFailureAnalyzer extends AbstractFailureAnalyzer<InvalidNodesException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidNodesException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
	}

}
