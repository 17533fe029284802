package io.tandem.gateway.trace;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TraceProperties.class)
class TraceConfiguration {

	@Bean
	Traces traces(TraceProperties properties) {
		return new Traces(properties.sampling());
	}

}
