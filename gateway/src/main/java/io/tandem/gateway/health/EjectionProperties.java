package io.tandem.gateway.health;

import java.time.Duration;

import io.tandem.gateway.setting.SettingException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When failed requests take an instance out of rotation, and for how long.
 *
 * @param connectErrors consecutive connections that were refused or timed out; 0: never
 * @param resets consecutive connections that broke before the answer was complete; 0:
 * never
 * @param errorAnswers consecutive answers 502, 503 or 504 while another instance answers
 * without; 0: never
 * @param base how long it stays out the second time, even if health checks pass; twice
 * that the third time, and so on. The first time two passed checks are enough
 * @param longest bound of that time
 * @param forgiveness time in rotation that makes the next ejection one step shorter
 */
@ConfigurationProperties("tandem.gateway.ejection")
record EjectionProperties(@DefaultValue("1") int connectErrors, @DefaultValue("1") int resets,
		@DefaultValue("5") int errorAnswers, @DefaultValue("1s") Duration base, @DefaultValue("60s") Duration longest,
		@DefaultValue("10s") Duration forgiveness) {

	EjectionProperties {
		if (connectErrors < 0 || resets < 0 || errorAnswers < 0 || base.isNegative() || longest.isNegative()
				|| !forgiveness.isPositive()) {
			throw new SettingException(
					"A setting under tandem.gateway.ejection is negative, or forgiveness is not positive.",
					"Set numbers and durations of at least 0 and a forgiveness such as 10s.");
		}
	}

}
