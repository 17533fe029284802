package io.tandem.webapp.shutdown;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the instance ends after SIGTERM.
 *
 * @param announce how long it answers as before while its readiness fails; longer than
 * the gateways need to notice
 */
@ConfigurationProperties("tandem.shutdown")
record ShutdownProperties(@DefaultValue("3s") Duration announce) {

	ShutdownProperties {
		if (announce.isNegative()) {
			throw new IllegalArgumentException("tandem.shutdown.announce must not be negative");
		}
	}

}
