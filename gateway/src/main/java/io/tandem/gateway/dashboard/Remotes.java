package io.tandem.gateway.dashboard;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;

import io.netty.channel.ChannelOption;
import io.tandem.gateway.balance.Instance;
import io.tandem.gateway.discovery.HostNames;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the remotes: what is asked of other gateways, and what of instances.
 */
final class Remotes {

	private final HttpClient client;

	private final String basePath;

	private final JsonMapper json;

	/**
	 * Creates it.
	 * @param basePath of everybody's actuator
	 */
	Remotes(HostNames names, String basePath, JsonMapper json) {
		this.client = HttpClient.newConnection()
			.resolver(names.resolver())
			.disableRetry(true)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 500)
			.headers((headers) -> headers.set("User-Agent", "tandem-gateway").set("Connection", "close"));
		this.basePath = basePath;
		this.json = json;
	}

	Remote<TrafficReport> gateway(URI management, Executor executor, Runnable onAnswer) {
		return new Remote<>(client, management.resolve(basePath + "/traffic"),
				(body) -> json.readValue(body, TrafficReport.class), executor, onAnswer);
	}

	Remote<DatabaseReport> instance(Instance instance, Executor executor, Runnable onAnswer) {
		return new Remote<>(client, instance.management().resolve(basePath + "/prometheus?" + DatabaseReport.QUERY),
				(body) -> DatabaseReport.read(new String(body, StandardCharsets.UTF_8), System.nanoTime() / 1_000_000),
				executor, onAnswer);
	}

}
