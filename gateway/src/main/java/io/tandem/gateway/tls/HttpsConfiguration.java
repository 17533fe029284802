package io.tandem.gateway.tls;

import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.util.LambdaSafe;
import org.springframework.boot.web.server.Http2;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.server.reactive.HttpHandler;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HttpsProperties.class)
class HttpsConfiguration {

	private static final String BUNDLE = "gateway";

	@Bean
	CertificateRegistrar certificateRegistrar(HttpsProperties properties, Environment environment) {
		return new CertificateRegistrar(properties, environment);
	}

	/**
	 * Its factory is no bean, of which Spring Boot wants one only, but is customized like
	 * that one: whatever applies to HTTP applies to HTTPS.
	 */
	@Bean
	@ConditionalOnBooleanProperty(name = "tandem.gateway.https.enabled", matchIfMissing = true)
	HttpsListener httpsListener(HttpsProperties properties, HttpHandler handler, SslBundles bundles,
			ReactorResourceFactory resources, ObjectProvider<NettyRouteProvider> routes,
			ObjectProvider<NettyServerCustomizer> serverCustomizers,
			ObjectProvider<WebServerFactoryCustomizer<?>> customizers) {
		NettyReactiveWebServerFactory factory = new NettyReactiveWebServerFactory();
		factory.setResourceFactory(resources);
		routes.orderedStream().forEach(factory::addRouteProviders);
		serverCustomizers.orderedStream().forEach(factory::addServerCustomizers);
		customize(factory, customizers.orderedStream().toList());
		factory.setPort(properties.port());
		factory.setSslBundles(bundles);
		factory.setSsl(Ssl.forBundle(BUNDLE));
		Http2 http2 = new Http2();
		http2.setEnabled(true);
		factory.setHttp2(http2);
		return new HttpsListener(factory, handler);
	}

	@SuppressWarnings("unchecked")
	private static void customize(NettyReactiveWebServerFactory factory,
			List<WebServerFactoryCustomizer<?>> customizers) {
		LambdaSafe.callbacks(WebServerFactoryCustomizer.class, customizers, factory)
			.invoke((customizer) -> customizer.customize(factory));
	}

}
