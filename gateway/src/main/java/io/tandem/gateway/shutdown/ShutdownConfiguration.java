package io.tandem.gateway.shutdown;

import java.time.Duration;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ShutdownProperties.class)
@ConditionalOnProperty(name = "server.shutdown", havingValue = "graceful", matchIfMissing = true)
class ShutdownConfiguration {

	@Bean
	Announcement announcement(PublicListener listener, ShutdownProperties properties) {
		return new Announcement(listener, properties.announce());
	}

	@Bean
	PublicListener publicListener(@Value("${tandem.gateway.reuse-port:false}") boolean shared) {
		return new PublicListener(shared);
	}

	/** A factory customizer: the management port goes on to the end. */
	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> knownConnections(PublicListener listener) {
		return (factory) -> factory.addServerCustomizers(listener::customize);
	}

	@Bean
	ConnectionDrain connectionDrain(PublicListener listener, ShutdownProperties properties,
			@Value("${spring.lifecycle.timeout-per-shutdown-phase}") Duration longest) {
		return new ConnectionDrain(listener, properties.linger(), longest);
	}

	/** A builder's customizer: the management port, which has its own, stays as it is. */
	@Bean
	WebHttpHandlerBuilderCustomizer closingHandler(Announcement announcement) {
		return (builder) -> builder.httpHandlerDecorator((handler) -> new ClosingHandler(handler, announcement));
	}

}
