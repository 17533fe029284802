package io.tandem.gateway.server;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

	@Bean
	ManagementPortCheck managementPortCheck(Environment environment) {
		return new ManagementPortCheck(environment);
	}

	/**
	 * A factory customizer, not a {@code NettyServerCustomizer}: those would apply to the
	 * management port too, where two processes on one port would hide one another.
	 */
	@Bean
	@ConditionalOnBooleanProperty("tandem.gateway.reuse-port")
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> reusePort() {
		ReusePort.requireAvailable();
		return (factory) -> factory.addServerCustomizers(ReusePort::customize);
	}

}
