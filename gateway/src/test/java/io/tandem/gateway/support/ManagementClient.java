package io.tandem.gateway.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Calls one of the endpoints, usually {@code balancer}, like an operator's script.
 */
public final class ManagementClient {

	public static final String PASSWORD = "correct horse battery staple";

	private final int port;

	private final String password;

	private final String endpoint;

	public ManagementClient(int port) {
		this(port, PASSWORD);
	}

	/**
	 * Creates a client.
	 * @param password empty to send none
	 */
	public ManagementClient(int port, String password) {
		this(port, password, "balancer");
	}

	private ManagementClient(int port, String password, String endpoint) {
		this.port = port;
		this.password = password;
		this.endpoint = endpoint;
	}

	public static ManagementClient firewall(int port) {
		return firewall(port, PASSWORD);
	}

	public static ManagementClient firewall(int port, String password) {
		return new ManagementClient(port, password, "firewall");
	}

	public TestMessage get(String path) throws IOException {
		return send("GET", path, "");
	}

	public TestMessage post(String path, String json, String... headers) throws IOException {
		return send("POST", path, json, headers);
	}

	public TestMessage delete(String path) throws IOException {
		return send("DELETE", path, "");
	}

	/** The header with the right password. */
	public static String authorization() {
		return authorization(PASSWORD);
	}

	private static String authorization(String password) {
		return "Basic " + Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
	}

	private TestMessage send(String method, String path, String json, String... more) throws IOException {
		List<String> lines = new ArrayList<>(
				List.of(method + " /actuator/" + endpoint + path + " HTTP/1.1", "Host: 127.0.0.1:" + port));
		lines.addAll(List.of(more));
		if (!password.isEmpty()) {
			lines.add("Authorization: " + authorization(password));
		}
		if (!json.isEmpty()) {
			lines.add("Content-Type: application/json");
			lines.add("Content-Length: " + json.length());
		}
		try (TestClient client = new TestClient(port)) {
			client.write(String.join("\r\n", lines) + "\r\n\r\n" + json);
			return client.read(true);
		}
	}

}
