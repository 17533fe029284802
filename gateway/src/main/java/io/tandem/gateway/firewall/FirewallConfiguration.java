package io.tandem.gateway.firewall;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FirewallProperties.class)
class FirewallConfiguration {

	@Bean
	Firewall firewall(FirewallProperties properties) {
		return new Firewall(properties.rules());
	}

}
