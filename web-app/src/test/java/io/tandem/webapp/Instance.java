package io.tandem.webapp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import io.tandem.cluster.mysql.MySqlNode;
import io.tandem.cluster.mysql.MySqlPair;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The real application on random ports, configured as the cluster does it, and a client
 * for it. Closing it is what SIGTERM does.
 */
public final class Instance implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	static {
		// Instances that start at the same time in one JVM disturb each other's logging
		// system.
		System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
	}

	private final ConfigurableApplicationContext context;

	private final HttpClient client = HttpClient.newHttpClient();

	private Instance(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Starts an instance.
	 * @param pair its databases
	 * @param name its name
	 * @param more further properties
	 * @return the running instance
	 */
	public static Instance start(MySqlPair pair, String name, String... more) {
		List<String> arguments = new ArrayList<>(List.of("--tandem.node-name=" + name, "--server.address=127.0.0.1",
				"--server.port=0", "--management.server.port=0", "--tandem.shutdown.announce=0s",
				"--db-router.username=" + pair.accounts().application().user(),
				"--db-router.password=" + pair.accounts().application().password(),
				"--db-router.monitor.username=" + pair.accounts().monitor().user(),
				"--db-router.monitor.password=" + pair.accounts().monitor().password(),
				"--db-router.migration.username=" + pair.accounts().owner().user(),
				"--db-router.migration.password=" + pair.accounts().owner().password()));
		for (String node : MySqlPair.NODES) {
			MySqlNode mySql = pair.node(node);
			arguments.add("--db-router.nodes." + node + ".url=" + mySql.jdbcUrl());
		}
		arguments.addAll(List.of(more));
		return new Instance(new SpringApplicationBuilder(WebApplication.class).registerShutdownHook(false)
			.run(arguments.toArray(String[]::new)));
	}

	/**
	 * Sends a request.
	 * @param method the method
	 * @param path the path with its query
	 * @param body the body, empty for none
	 * @param headers names and values in turn
	 * @return the answer
	 */
	public HttpResponse<String> send(String method, String path, String body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(address().resolve(path))
			.method(method,
					body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return exchange(request.build());
	}

	/**
	 * Sends GET.
	 * @param path the path with its query
	 * @param headers names and values in turn
	 * @return the answer
	 */
	public HttpResponse<String> get(String path, String... headers) {
		return send("GET", path, "", headers);
	}

	/**
	 * Sends POST to {@code /api/links}.
	 * @param json the body
	 * @param headers names and values in turn
	 * @return the answer
	 */
	public HttpResponse<String> create(String json, String... headers) {
		List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
		all.addAll(List.of(headers));
		return send("POST", "/api/links", json, all.toArray(String[]::new));
	}

	/**
	 * Sends GET to the management port.
	 * @param path the path
	 * @return the answer
	 */
	public HttpResponse<String> manage(String path) {
		return exchange(HttpRequest.newBuilder(address("local.management.port").resolve(path)).build());
	}

	/**
	 * Returns where the instance listens.
	 */
	public URI address() {
		return address("local.server.port");
	}

	/**
	 * Returns a part of the application.
	 * @param type its type
	 * @return the part
	 */
	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/**
	 * Reads JSON.
	 * @param response an answer
	 * @return its body
	 */
	public static JsonNode json(HttpResponse<String> response) {
		return JSON.readTree(response.body());
	}

	@Override
	public void close() {
		this.client.close();
		this.context.close();
	}

	private URI address(String property) {
		return URI.create("http://127.0.0.1:" + this.context.getEnvironment().getRequiredProperty(property));
	}

	private HttpResponse<String> exchange(HttpRequest request) {
		try {
			return this.client.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
