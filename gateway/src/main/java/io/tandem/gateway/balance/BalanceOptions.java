package io.tandem.gateway.balance;

import java.time.Duration;

/**
 * What can be chosen of the balancing at the start.
 *
 * @param slowStart how long an instance that was down takes to get its whole share; zero
 * switches that off
 * @param stickySessions whether clients return to their instances
 */
public record BalanceOptions(Algorithm algorithm, FailBack failBack, Duration slowStart, boolean stickySessions) {

	public static final BalanceOptions DEFAULT = new BalanceOptions(Algorithm.ROUND_ROBIN, FailBack.AUTOMATIC,
			Duration.ZERO, false);

}
