package io.tandem.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

import io.tandem.cluster.process.FreePorts;
import io.tandem.cluster.process.PrivateFiles;

/**
 * The TCP ports of a cluster, one for each purpose.
 */
public final class Ports {

	private final Map<Purpose, Integer> numbers;

	private Ports(Map<Purpose, Integer> numbers) {
		this.numbers = new EnumMap<>(numbers);
	}

	/** What a port is for. */
	enum Purpose {

		HTTP(8080, "the gateways"), HTTPS(8443, "the gateways"), GATEWAY_1_MANAGEMENT(9090, "gateway-1"),
		GATEWAY_2_MANAGEMENT(9091, "gateway-2"), WEB_APP_1(8101, "web-app-1"), WEB_APP_2(8102, "web-app-2"),
		WEB_APP_1_MANAGEMENT(9101, "web-app-1"), WEB_APP_2_MANAGEMENT(9102, "web-app-2"), MYSQL_1(33061, "mysql-1"),
		MYSQL_2(33062, "mysql-2"), MYSQL_3(33063, "mysql-3");

		private final int standard;

		private final String user;

		Purpose(int standard, String user) {
			this.standard = standard;
			this.user = user;
		}

		/** The environment variable that changes the port. */
		String variable() {
			return "TANDEM_" + name() + "_PORT";
		}

		/** Who listens there, as shown to people. */
		String user() {
			return this.user;
		}

		static Purpose main(Node node) {
			return (node.kind() == Node.Kind.GATEWAY) ? HTTP : valueOf(node.name());
		}

		static Optional<Purpose> management(Node node) {
			return (node.kind() == Node.Kind.MYSQL) ? Optional.empty()
					: Optional.of(valueOf(node.name() + "_MANAGEMENT"));
		}

	}

	/**
	 * The usual ports, each of which an environment variable may change.
	 * @param environment the environment variables
	 * @return the ports
	 * @throws IllegalArgumentException with the variable's name, if a value is no port or
	 * two are the same
	 */
	public static Ports configured(Map<String, String> environment) {
		Map<Purpose, Integer> numbers = new EnumMap<>(Purpose.class);
		for (Purpose purpose : Purpose.values()) {
			String value = environment.getOrDefault(purpose.variable(), "").strip();
			numbers.put(purpose, value.isEmpty() ? purpose.standard : number(purpose.variable(), value));
		}
		numbers.entrySet()
			.stream()
			.collect(Collectors.groupingBy(Map.Entry::getValue,
					Collectors.mapping((entry) -> entry.getKey().variable(), Collectors.toList())))
			.forEach((port, variables) -> {
				if (variables.size() > 1) {
					throw new IllegalArgumentException("Port " + port + " is asked for more than once: "
							+ variables.stream().sorted().collect(Collectors.joining(", ")));
				}
			});
		return new Ports(numbers);
	}

	private static int number(String variable, String value) {
		try {
			int port = Integer.parseInt(value);
			if (port >= 1 && port <= 65535) {
				return port;
			}
		}
		catch (NumberFormatException ex) {
			// Said below.
		}
		throw new IllegalArgumentException(variable + "=" + value + " is no port: it must be a number from 1 to 65535");
	}

	/** Ports that nobody listens on at the moment. */
	public static Ports free() {
		Map<Purpose, Integer> numbers = new EnumMap<>(Purpose.class);
		Iterator<Integer> free = FreePorts.several(Purpose.values().length).iterator();
		for (Purpose purpose : Purpose.values()) {
			numbers.put(purpose, free.next());
		}
		return new Ports(numbers);
	}

	static Optional<Ports> read(Path file) throws IOException {
		if (!Files.exists(file)) {
			return Optional.empty();
		}
		Properties properties = new Properties();
		try (var reader = Files.newBufferedReader(file)) {
			properties.load(reader);
		}
		Map<String, String> values = properties.stringPropertyNames()
			.stream()
			.collect(Collectors.toMap((name) -> name, properties::getProperty));
		return Optional.of(configured(values));
	}

	void write(Path file) throws IOException {
		PrivateFiles.write(file,
				this.numbers.entrySet()
					.stream()
					.sorted(Comparator.comparing(Map.Entry::getKey))
					.map((entry) -> entry.getKey().variable() + "=" + entry.getValue() + "\n")
					.collect(Collectors.joining()));
	}

	int of(Purpose purpose) {
		return this.numbers.getOrDefault(purpose, purpose.standard);
	}

	/** The port that a node serves on; the gateways share one. */
	public int main(Node node) {
		return of(Purpose.main(node));
	}

	/** The port of the gateways for HTTPS. */
	public int https() {
		return of(Purpose.HTTPS);
	}

	/** The port of a node's health and metrics; MySQL has none. */
	public Optional<Integer> management(Node node) {
		return Purpose.management(node).map(this::of);
	}

}
