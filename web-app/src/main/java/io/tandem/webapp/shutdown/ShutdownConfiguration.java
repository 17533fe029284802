package io.tandem.webapp.shutdown;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the end of the instance; not part of a test of controllers.
 */
@Configuration(proxyBeanMethods = false)
class ShutdownConfiguration {

	@Bean
	ShutdownAnnouncement shutdownAnnouncement(ShutdownProperties properties) {
		return new ShutdownAnnouncement(properties);
	}

	@Bean
	ClosingFilter closingFilter(ShutdownAnnouncement announcement) {
		return new ClosingFilter(announcement);
	}

}
