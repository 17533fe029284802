package io.tandem.gateway.proxy;

import java.time.Duration;

import io.tandem.gateway.setting.SettingException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Time limits towards the instances.
 *
 * @param connectTimeout for establishing a connection
 * @param firstAttemptTimeout for the answer to a request without a body that would be
 * repeated at another instance in rotation
 * @param responseTimeout for the answer to any other request, counted from its last byte;
 * also the longest pause within a response and within sending a body
 */
@ConfigurationProperties("tandem.gateway.upstream")
record UpstreamProperties(@DefaultValue("500ms") Duration connectTimeout,
		@DefaultValue("3s") Duration firstAttemptTimeout, @DefaultValue("10s") Duration responseTimeout) {

	UpstreamProperties {
		if (!connectTimeout.isPositive() || !firstAttemptTimeout.isPositive()
				|| responseTimeout.compareTo(firstAttemptTimeout) < 0) {
			throw new SettingException(
					"The time limits under tandem.gateway.upstream are out of order: connect-timeout %s, first-attempt-timeout %s, response-timeout %s."
						.formatted(connectTimeout, firstAttemptTimeout, responseTimeout),
					"Set positive durations and a response-timeout that is at least the first-attempt-timeout.");
		}
	}

}
