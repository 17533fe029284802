package io.tandem.gateway.control;

import java.nio.file.Path;
import java.time.Clock;

import io.tandem.gateway.balance.InstancePool;
import io.tandem.gateway.discovery.HostNames;
import io.tandem.gateway.firewall.Firewall;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ ControlProperties.class, AdminProperties.class })
class ControlConfiguration {

	@Bean
	AuditLog auditLog() {
		return new AuditLog(Clock.systemUTC());
	}

	@Bean
	OperatorControl operatorControl(InstancePool pool, Firewall firewall, ControlProperties properties, AuditLog audit,
			JsonMapper json, Environment environment) {
		Path file = properties.stateFile();
		OperatorControl control = new OperatorControl(pool, firewall,
				new Settings(environment.getRequiredProperty("tandem.node-name"), Clock.systemUTC()),
				(file != null) ? new StateFile(file, json) : null, audit);
		control.restore();
		pool.listen(control);
		return control;
	}

	@Bean
	PeerSettings peerSettings(OperatorControl control, JsonMapper json) {
		return new PeerSettings(control, json);
	}

	@Bean
	Peers peers(ControlProperties properties, AdminProperties admin, OperatorControl control, JsonMapper json,
			WebEndpointProperties endpoints, HostNames names) {
		properties.requirePassword(admin);
		return new Peers(properties.peers(), properties.peerInterval(), names,
				new PeerClient(admin, endpoints.getBasePath() + "/balancer/settings", json, names.resolver()), control);
	}

}
