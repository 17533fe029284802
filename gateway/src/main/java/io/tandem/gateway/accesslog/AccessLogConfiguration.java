package io.tandem.gateway.accesslog;

import java.nio.file.Path;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessLogProperties.class)
@ConditionalOnBooleanProperty("tandem.gateway.access-log.enabled")
class AccessLogConfiguration {

	@Bean
	AccessLog accessLog(AccessLogProperties properties, JsonMapper json, Environment environment,
			MeterRegistry registry) {
		Path file = properties.file();
		LineOutput output = (file != null) ? new RollingFile(file, properties.maxSize().toBytes(), properties.keep())
				: new StandardOutput();
		AccessLog log = new AccessLog(properties.queue(), output, environment.getRequiredProperty("tandem.node-name"),
				json);
		FunctionCounter.builder("tandem.gateway.access.log.dropped", log, AccessLog::dropped)
			.description("Requests that the access log left out because it could not keep up")
			.register(registry);
		return log;
	}

}
