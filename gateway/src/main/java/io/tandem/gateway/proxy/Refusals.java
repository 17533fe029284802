package io.tandem.gateway.proxy;

import java.util.stream.Collectors;

import io.tandem.gateway.balance.Dispatch;
import io.tandem.gateway.balance.Failure;
import io.tandem.gateway.balance.Instance;

import org.springframework.http.HttpStatus;

/**
 * Says to the client why no instance answered.
 */
final class Refusals {

	private Refusals() {
	}

	static Problem allInMaintenance() {
		return new Problem(HttpStatus.SERVICE_UNAVAILABLE, "no-instance",
				"All instances are in maintenance. The request was not executed; try again later.");
	}

	static Problem problem(Dispatch dispatch) {
		String tried = dispatch.tried().stream().map(Instance::id).collect(Collectors.joining(" and "));
		Failure verdict = dispatch.verdict();
		if (verdict == null) {
			return new Problem(HttpStatus.SERVICE_UNAVAILABLE, "no-instance",
					"No instance can take the request at the moment (tried " + tried
							+ "). It was not executed; try again shortly.");
		}
		return switch (verdict) {
			case TIMED_OUT -> new Problem(HttpStatus.GATEWAY_TIMEOUT, verdict.reason(),
					"No answer in time (tried " + tried + "). The request may have been executed.");
			case INVALID_RESPONSE -> new Problem(HttpStatus.BAD_GATEWAY, verdict.reason(),
					"The answer was not valid HTTP (tried " + tried + "). The request may have been executed.");
			default -> new Problem(HttpStatus.BAD_GATEWAY, verdict.reason(),
					"The connection broke before an answer came (tried " + tried
							+ "). The request may have been executed.");
		};
	}

}
