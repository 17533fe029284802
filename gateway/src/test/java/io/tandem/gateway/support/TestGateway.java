package io.tandem.gateway.support;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.tandem.gateway.GatewayApplication;
import io.tandem.gateway.balance.InstancePool;
import io.tandem.gateway.loop.EventLoops;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.awaitility.Awaitility.await;

/**
 * The whole gateway in this JVM, on free ports.
 */
public final class TestGateway implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final int managementPort;

	private TestGateway(ConfigurableApplicationContext context, int managementPort) {
		this.context = context;
		this.managementPort = managementPort;
	}

	public static TestGateway over(TestInstance... instances) {
		return over(List.of(instances));
	}

	public static TestGateway over(List<TestInstance> instances, String... properties) {
		return with(GatewayApplication.class, instances, properties);
	}

	/** A gateway to which somebody has added a configuration. */
	public static TestGateway with(Class<?> configuration, List<TestInstance> instances, String... properties) {
		int managementPort = managementPort(properties);
		List<String> arguments = new ArrayList<>(arguments(0, managementPort, instances));
		arguments.add("--server.shutdown=immediate");
		// Tests fail and heal instances all the time and count requests exactly.
		arguments.add("--tandem.gateway.ejection.longest=0s");
		arguments.add("--tandem.gateway.slow-start=0s");
		for (String property : properties) {
			if (!property.startsWith("management.server.port=")) {
				String name = "--" + property.substring(0, property.indexOf('=') + 1);
				arguments.removeIf((argument) -> argument.startsWith(name));
				arguments.add("--" + property);
			}
		}
		EventLoops.use();
		return new TestGateway(new SpringApplicationBuilder(GatewayApplication.class, configuration)
			.run(arguments.toArray(String[]::new)), managementPort);
	}

	/** The one that is asked for, or a free one. */
	private static int managementPort(String... properties) {
		String prefix = "management.server.port=";
		for (String property : properties) {
			if (property.startsWith(prefix)) {
				return Integer.parseInt(property.substring(prefix.length()));
			}
		}
		return TestInstance.freePort();
	}

	public static List<String> arguments(int port, int managementPort, List<TestInstance> instances) {
		List<String> arguments = new ArrayList<>();
		arguments.add("--server.address=127.0.0.1");
		arguments.add("--server.port=" + port);
		arguments.add("--management.server.port=" + managementPort);
		arguments.add("--tandem.gateway.https.port=" + TestInstance.freePort());
		// Made once for all tests.
		arguments.add("--tandem.gateway.https.directory=" + Path.of("target", "test-tls").toAbsolutePath());
		for (int i = 0; i < instances.size(); i++) {
			String prefix = "--spring.cloud.discovery.client.simple.instances.web-app[" + i + "].";
			arguments.add(prefix + "instance-id=" + instances.get(i).id());
			arguments.add(prefix + "uri=http://127.0.0.1:" + instances.get(i).port());
			arguments.add(prefix + "metadata.management-port=" + instances.get(i).managementPort());
		}
		return arguments;
	}

	/** Waits for a gateway in a process of its own. */
	public static void awaitReady(int management) {
		await().atMost(Duration.ofMinutes(2))
			.ignoreExceptionsInstanceOf(IOException.class)
			.until(() -> TestClient.get(management, "/actuator/health/readiness").status() == 200);
	}

	public int port() {
		return Integer.parseInt(String.valueOf(context.getEnvironment().getProperty("local.server.port")));
	}

	public int managementPort() {
		return managementPort;
	}

	/** The number of instances in rotation. */
	public int inRotation() {
		return bean(InstancePool.class).rotation().size();
	}

	public void awaitInRotation(int expected) {
		await().until(() -> inRotation() == expected);
	}

	public <T> T bean(Class<T> type) {
		return context.getBean(type);
	}

	@Override
	public void close() {
		context.close();
	}

}
