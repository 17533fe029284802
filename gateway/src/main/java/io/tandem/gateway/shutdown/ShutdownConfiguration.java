package io.tandem.gateway.shutdown;

import java.time.Duration;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ShutdownProperties.class)
@ConditionalOnProperty(name = "server.shutdown", havingValue = "graceful", matchIfMissing = true)
class ShutdownConfiguration {

	@Bean
	Announcement announcement(ShutdownProperties properties) {
		return new Announcement(properties.announce());
	}

	@Bean
	PublicListener publicListener() {
		return new PublicListener();
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

	@Bean
	HttpHandlerDecoratorFactory closingHandler(Announcement announcement) {
		return (handler) -> new ClosingHandler(handler, announcement);
	}

}
