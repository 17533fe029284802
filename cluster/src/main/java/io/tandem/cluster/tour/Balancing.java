package io.tandem.cluster.tour;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

import io.tandem.cluster.Cluster;
import io.tandem.cluster.Node;
import io.tandem.cluster.process.NodeException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes how the gateways balance, through the management API of any gateway that runs.
 */
final class Balancing implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(40);

	private static final JsonMapper JSON = new JsonMapper();

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(2))
		.build();

	private final Cluster cluster;

	private final String authorization;

	Balancing(Cluster cluster) throws IOException {
		this.cluster = cluster;
		this.authorization = cluster.gatewayAuthorization();
	}

	/**
	 * What an operator has set for an instance: its weight, its state, both or nothing.
	 */
	ObjectNode setByOperator(Node instance) throws IOException, InterruptedException {
		JsonNode balancing = JSON
			.readTree(call(gateways().getFirst(), "instances/" + instance, request -> request.GET()).body())
			.required("balancing");
		ObjectNode set = JSON.createObjectNode();
		balancing.required("setByOperator")
			.forEach((name) -> set.set(name.asString(), balancing.required(name.asString())));
		return set;
	}

	void weight(Node instance, int weight) throws IOException, InterruptedException {
		change(instance, "{\"weight\": " + weight + "}");
	}

	void state(Node instance, String state) throws IOException, InterruptedException {
		change(instance, "{\"state\": \"" + state + "\"}");
	}

	/** Lets what an operator had set count again, and nothing else. */
	void restore(Node instance, ObjectNode before) throws IOException, InterruptedException {
		if (!before.has("weight") || !before.has("state")) {
			call(gateways().getFirst(), "instances/" + instance, HttpRequest.Builder::DELETE);
		}
		if (!before.isEmpty()) {
			change(instance, before.toString());
		}
	}

	/** Waits until no gateway has a request under way at the instance, 30 s at most. */
	void awaitDrained(Node instance) throws IOException, InterruptedException {
		for (Node gateway : gateways()) {
			call(gateway, "drain/" + instance + "?wait=30s", HttpRequest.Builder::GET);
		}
	}

	private void change(Node instance, String json) throws IOException, InterruptedException {
		call(gateways().getFirst(), "instances/" + instance,
				(request) -> request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
	}

	private List<Node> gateways() {
		List<Node> running = this.cluster.runningNodes()
			.stream()
			.filter((node) -> node.kind() == Node.Kind.GATEWAY)
			.toList();
		if (running.isEmpty()) {
			throw new NodeException("gateway-1", "is not running", null, null);
		}
		return running;
	}

	private HttpResponse<String> call(Node gateway, String path, Method method)
			throws IOException, InterruptedException {
		URI uri = this.cluster.managementUri(gateway).resolve("/actuator/balancer/" + path);
		HttpResponse<String> response = this.http
			.send(method.on(HttpRequest.newBuilder(uri).timeout(PATIENCE).header("Authorization", this.authorization))
				.build(), BodyHandlers.ofString());
		if (response.statusCode() / 100 != 2) {
			throw new IOException(
					gateway + " answered " + response.statusCode() + " to " + path + ": " + response.body());
		}
		return response;
	}

	@Override
	public void close() {
		this.http.shutdownNow();
	}

	@FunctionalInterface
	private interface Method {

		HttpRequest.Builder on(HttpRequest.Builder request);

	}

}
