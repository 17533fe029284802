package io.tandem.gateway.dashboard;

import java.time.Clock;

import io.tandem.gateway.balance.InstancePool;
import io.tandem.gateway.control.AuditLog;
import io.tandem.gateway.control.Peers;
import io.tandem.gateway.discovery.HostNames;
import io.tandem.gateway.health.HealthBoard;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class DashboardConfiguration {

	@Bean
	TrafficMeter trafficMeter(InstancePool pool, Environment environment) {
		TrafficMeter meter = new TrafficMeter(environment.getRequiredProperty("tandem.node-name"), pool);
		pool.listen(meter);
		return meter;
	}

	@Bean
	TrafficEndpoint trafficEndpoint(TrafficMeter meter) {
		return new TrafficEndpoint(meter);
	}

	@Bean
	Broadcast dashboardBroadcast() {
		return new Broadcast();
	}

	@Bean
	ClusterWatch clusterWatch(InstancePool pool, HealthBoard health, AuditLog audit, TrafficMeter meter,
			Broadcast broadcast, Peers peers, HostNames names, WebEndpointProperties endpoints, JsonMapper json,
			Environment environment) {
		EventLog events = new EventLog(Clock.systemUTC());
		ClusterWatch watch = new ClusterWatch(environment.getRequiredProperty("tandem.node-name"), pool, health, meter,
				events, broadcast, peers::present, new Remotes(names, endpoints.getBasePath(), json), json,
				Clock.systemUTC());
		health.onChange((instance, up, reason) -> {
			events.add(up ? Event.Kind.UP : Event.Kind.DOWN, instance + (up ? " is up: " : " is down: ") + reason);
			watch.publishSoon();
		});
		audit.onRecord((event) -> {
			events.add(Event.Kind.CHANGE, EventText.of(event));
			watch.publishSoon();
		});
		return watch;
	}

}
