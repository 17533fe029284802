package io.tandem.gateway.management;

import io.tandem.gateway.balance.Balancer;
import io.tandem.gateway.balance.InstancePool;
import io.tandem.gateway.control.AdminProperties;
import io.tandem.gateway.control.AuditLog;
import io.tandem.gateway.control.OperatorControl;
import io.tandem.gateway.control.PeerSettings;
import io.tandem.gateway.firewall.Firewall;
import io.tandem.gateway.health.HealthBoard;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class ManagementConfiguration {

	@Bean
	BalancerEndpoint balancerEndpoint(InstancePool pool, HealthBoard health, Balancer balancer, OperatorControl control,
			PeerSettings peers, AuditLog audit, AdminProperties admin, Environment environment) {
		BalancerViews views = new BalancerViews(pool, health, environment.getRequiredProperty("tandem.node-name"),
				admin.password() != null);
		return new BalancerEndpoint(views, balancer, control, peers, audit);
	}

	@Bean
	LoginLinks loginLinks(AdminProperties admin) {
		return new LoginLinks(admin.username(), System::nanoTime);
	}

	@Bean
	LoginEndpoint loginEndpoint(LoginLinks links) {
		return new LoginEndpoint(links);
	}

	@Bean
	FirewallEndpoint firewallEndpoint(Firewall firewall, OperatorControl control) {
		return new FirewallEndpoint(firewall, control);
	}

}
