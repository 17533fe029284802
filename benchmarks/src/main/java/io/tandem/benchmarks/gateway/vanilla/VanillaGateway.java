package io.tandem.benchmarks.gateway.vanilla;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * A gateway with one {@code lb://} route and the defaults of everything.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class VanillaGateway {

	/**
	 * Starts it.
	 * @param arguments the port, the route and the instances, as properties
	 */
	public static void main(String[] arguments) {
		SpringApplication.run(VanillaGateway.class, arguments);
	}

}
