package io.tandem.dbrouter.topology;

import java.time.Duration;

/**
 * What the evaluator goes by.
 *
 * @param receiverGrace how long a replica may be without its source while the primary is
 * seen alive: it notices a primary's death before we do, and reconnects after we see it
 * alive again
 * @param downAfter how many probes in a row have to be missed before a node is down
 * @param lagLimit how far a replica may be behind
 */
record EvaluationRules(Duration receiverGrace, int downAfter, LagLimit lagLimit) {

	static EvaluationRules of(NodeSettings settings) {
		return new EvaluationRules(settings.probeInterval().multipliedBy(2), settings.probeDownAfter(),
				settings.lagLimit());
	}

}
