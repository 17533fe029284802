package io.tandem.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.gateway.config.GatewayNoLoadBalancerClientAutoConfiguration;

/**
 * The load balancer as a process of its own.
 */
@SpringBootApplication(proxyBeanMethods = false, exclude = GatewayNoLoadBalancerClientAutoConfiguration.class)
public class GatewayApplication {

	/**
	 * Reactor Netty's default is four loops even on two cores, which costs memory and
	 * p99.
	 */
	private static final String EVENT_LOOPS = "reactor.netty.ioWorkerCount";

	public static void main(String[] arguments) {
		if (System.getProperty(EVENT_LOOPS) == null) {
			System.setProperty(EVENT_LOOPS, String.valueOf(Runtime.getRuntime().availableProcessors()));
		}
		SpringApplication.run(GatewayApplication.class, arguments);
	}

}
