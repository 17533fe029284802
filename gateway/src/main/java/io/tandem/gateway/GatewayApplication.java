package io.tandem.gateway;

import java.io.IOException;
import java.util.Arrays;

import io.tandem.gateway.loop.EventLoops;
import io.tandem.gateway.training.TrainingRun;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.micrometer.metrics.autoconfigure.jvm.JvmMetricsAutoConfiguration;
import org.springframework.cloud.gateway.config.GatewayNoLoadBalancerClientAutoConfiguration;

/**
 * The load balancer as a process of its own.
 */
@SpringBootApplication(proxyBeanMethods = false,
		exclude = { GatewayNoLoadBalancerClientAutoConfiguration.class, JvmMetricsAutoConfiguration.class })
public class GatewayApplication {

	/**
	 * Reactor Netty's default is four loops even on two cores, which costs memory and
	 * p99.
	 */
	private static final String EVENT_LOOPS = "reactor.netty.ioWorkerCount";

	/**
	 * Else the JDK makes classes for each kind of method that Spring calls by reflection,
	 * most of them once: half a second of CPU time at the start, and 16 MB.
	 */
	private static final String PLAIN_REFLECTION = "jdk.reflect.useNativeAccessorOnly";

	/**
	 * Netty notes where each 128th buffer came from, to name it should it leak: 3 % of
	 * what a request costs.
	 */
	private static final String LEAK_SAMPLES = "io.netty.leakDetection.samplingInterval";

	private static final String TRAIN = "train";

	/**
	 * Starts the gateway.
	 * @param arguments properties, or {@code train} for a {@link TrainingRun}
	 * @throws IOException if a training run cannot write its files
	 */
	public static void main(String[] arguments) throws IOException {
		setUnlessSet(EVENT_LOOPS, String.valueOf(Runtime.getRuntime().availableProcessors()));
		setUnlessSet(PLAIN_REFLECTION, "true");
		setUnlessSet(LEAK_SAMPLES, "4096");
		EventLoops.use();
		if (Arrays.equals(arguments, new String[] { TRAIN })) {
			TrainingRun.of(GatewayApplication.class);
		}
		else {
			SpringApplication.run(GatewayApplication.class, arguments);
		}
	}

	private static void setUnlessSet(String property, String value) {
		if (System.getProperty(property) == null) {
			System.setProperty(property, value);
		}
	}

}
