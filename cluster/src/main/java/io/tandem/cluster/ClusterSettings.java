package io.tandem.cluster;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a cluster is started from and where it keeps its state.
 *
 * @param checkout the directory that holds both applications, built
 * @param state the directory for data, logs, secrets and pid files
 * @param ports the ports to use
 * @param gateways how many gateways: 2 where they can share a port, else 1
 * @param highlyAvailable whether to make the database a replication group of three; one
 * that is there stays one without being asked
 */
public record ClusterSettings(Path checkout, Path state, Ports ports, int gateways, boolean highlyAvailable) {

	public ClusterSettings {
		checkout = checkout.toAbsolutePath().normalize();
		state = state.toAbsolutePath().normalize();
		if (gateways != 1 && gateways != 2) {
			throw new IllegalArgumentException("gateways must be 1 or 2, not " + gateways);
		}
	}

	/**
	 * Settings of a cluster for tests: on free ports, with the modules built in the
	 * checkout that the working directory is in.
	 * @param state its state directory
	 * @return the settings
	 */
	public static ClusterSettings onFreePorts(Path state) {
		return new ClusterSettings(checkout(Path.of("")), state, Ports.free(), usualGateways(), false);
	}

	/** The same with a replication group of three as its database. */
	public ClusterSettings asHighlyAvailable() {
		return new ClusterSettings(this.checkout, this.state, this.ports, this.gateways, true);
	}

	/** Two on Linux, whose SO_REUSEPORT spreads connections over them; elsewhere one. */
	public static int usualGateways() {
		return System.getProperty("os.name").equals("Linux") ? 2 : 1;
	}

	private static Path checkout(Path start) {
		for (Path path = start.toAbsolutePath(); path != null; path = path.getParent()) {
			if (Files.exists(path.resolve("gateway/pom.xml")) && Files.exists(path.resolve("web-app/pom.xml"))) {
				return path;
			}
		}
		throw new IllegalStateException("Not in a checkout of Tandem: " + start.toAbsolutePath());
	}

}
