package io.tandem.gateway.discovery;

import java.time.Duration;

import io.tandem.gateway.balance.Algorithm;
import io.tandem.gateway.balance.BalanceOptions;
import io.tandem.gateway.balance.FailBack;
import io.tandem.gateway.balance.RetryBudget;
import io.tandem.gateway.setting.SettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Balancing as it is until an operator changes it.
 *
 * @param algorithm how an instance is chosen
 * @param failBack whether active instances that return take over from standby ones at
 * once
 * @param slowStart how long an instance that was down takes to get its whole share; 0
 * switches that off
 * @param stickySecret with what the cookies are signed that bring clients back to their
 * instance, the same in every gateway; without it sessions are not sticky
 * @param retryBudget bounds the retries of requests that may have been executed
 */
@ConfigurationProperties("tandem.gateway")
record BalanceProperties(@DefaultValue("round-robin") Algorithm algorithm, @DefaultValue("automatic") FailBack failBack,
		@DefaultValue("10s") Duration slowStart, @Nullable String stickySecret, @DefaultValue Budget retryBudget) {

	private static final int SHORTEST_SECRET = 16;

	BalanceProperties {
		if (slowStart.isNegative()) {
			throw new SettingException("tandem.gateway.slow-start is %s.".formatted(slowStart),
					"Set it to a duration such as 10s, or to 0s to switch it off.");
		}
		if (stickySecret != null && stickySecret.length() < SHORTEST_SECRET) {
			throw new SettingException(
					"tandem.gateway.sticky-secret has %d characters, which can be guessed."
						.formatted(stickySecret.length()),
					"Set it to at least %d random characters, the same in every gateway. 'openssl rand -hex 16' makes some."
						.formatted(SHORTEST_SECRET));
		}
	}

	BalanceOptions toOptions() {
		return new BalanceOptions(algorithm, failBack, slowStart, stickySecret != null);
	}

	/**
	 * How often requests that an instance may have received are sent again.
	 *
	 * @param percent retries for each 100 requests of the last 10 s
	 * @param perSecond retries that are always allowed, on average over 10 s
	 */
	record Budget(@DefaultValue("20") int percent, @DefaultValue("10") int perSecond) {

		Budget {
			if (percent < 0 || perSecond < 0) {
				throw new SettingException(
						"tandem.gateway.retry-budget is percent %d and per-second %d.".formatted(percent, perSecond),
						"Set both to at least 0.");
			}
		}

		RetryBudget toBudget() {
			return new RetryBudget(percent, perSecond);
		}

	}

}
