package io.tandem.gateway.shutdown;

import java.time.Duration;

import io.tandem.gateway.setting.SettingException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the gateway ends after SIGTERM.
 *
 * @param announce how long it goes on accepting while its readiness fails and each answer
 * closes its connection; longer than whoever checks the readiness needs to notice
 * @param linger how long a connection without a request may stay once nothing is accepted
 * any more: its first request may be on the way
 */
@ConfigurationProperties("tandem.gateway.shutdown")
record ShutdownProperties(@DefaultValue("3s") Duration announce, @DefaultValue("500ms") Duration linger) {

	ShutdownProperties {
		if (announce.isNegative() || linger.isNegative()) {
			throw new SettingException(
					"tandem.gateway.shutdown.announce is %s and linger is %s.".formatted(announce, linger),
					"Set both to durations of at least 0s, for example 3s and 500ms.");
		}
	}

}
