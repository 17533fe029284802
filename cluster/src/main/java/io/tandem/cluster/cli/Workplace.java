package io.tandem.cluster.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.tandem.cluster.Cluster;
import io.tandem.cluster.ClusterSettings;
import io.tandem.cluster.Ports;

/**
 * Where a command works: which checkout, which state, which ports.
 *
 * @param checkout the checkout that {@code ./tandem} stands in
 * @param state the state directory
 * @param environment environment variables
 */
record Workplace(Path checkout, Path state, Map<String, String> environment) {

	static Workplace of(Map<String, String> environment) {
		Path checkout = Path.of(environment.getOrDefault("TANDEM_CHECKOUT", "")).toAbsolutePath();
		String state = environment.getOrDefault("TANDEM_STATE", "");
		return new Workplace(checkout, state.isBlank() ? checkout.resolve(".tandem") : Path.of(state).toAbsolutePath(),
				environment);
	}

	/** The cluster, whether it is running or not. */
	Cluster cluster() throws IOException {
		return cluster(false);
	}

	Cluster cluster(boolean highlyAvailable) throws IOException {
		return Cluster.at(new ClusterSettings(this.checkout, this.state, Ports.configured(this.environment),
				ClusterSettings.usualGateways(), highlyAvailable));
	}

	/** Whether a cluster has ever been started here. */
	boolean isUsed() {
		return Files.isDirectory(this.state.resolve("mysql"));
	}

	/** Whether standard output goes to a terminal that may show colours. */
	boolean colours() {
		return colours("TANDEM_TERMINAL");
	}

	/** The same of standard error. */
	boolean errorColours() {
		return colours("TANDEM_ERROR_TERMINAL");
	}

	private boolean colours(String terminal) {
		return this.environment.getOrDefault("NO_COLOR", "").isEmpty() && "1".equals(this.environment.get(terminal));
	}

}
