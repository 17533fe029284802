package io.tandem.gateway.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.netty.channel.epoll.Epoll;

/**
 * The arguments of a {@link TrainingRun}: the default features and those that a pair of
 * gateways has besides.
 */
final class TrainingSettings {

	private TrainingSettings() {
	}

	static String[] arguments(int instance, Path directory, String password) {
		List<String> arguments = new ArrayList<>(
				List.of("--server.address=127.0.0.1", "--server.port=0", "--management.server.address=127.0.0.1",
						"--management.server.port=0", "--tandem.gateway.admin.password=" + password,
						"--tandem.gateway.state-file=" + directory.resolve("gateway.json"),
						"--tandem.gateway.https.enabled=true", "--tandem.gateway.https.port=0",
						"--tandem.gateway.https.directory=" + directory.resolve("tls"),
						"--tandem.gateway.shutdown.announce=0s", "--tandem.gateway.reuse-port=" + Epoll.isAvailable()));
		for (int i = 0; i < 2; i++) {
			String prefix = "--spring.cloud.discovery.client.simple.instances.web-app[" + i + "].";
			arguments.add(prefix + "instance-id=web-app-" + (i + 1));
			// Two addresses, for each instance has its own.
			arguments.add(prefix + "uri=http://" + ((i == 0) ? "127.0.0.1" : "localhost") + ":" + instance);
		}
		return arguments.toArray(String[]::new);
	}

}
