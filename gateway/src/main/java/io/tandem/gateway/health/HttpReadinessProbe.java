package io.tandem.gateway.health;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.netty.channel.ChannelOption;
import io.netty.resolver.AddressResolverGroup;
import io.tandem.gateway.balance.Instance;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Asks over a connection of its own: the state of a pooled one tells nothing about
 * whether the instance still accepts connections.
 */
final class HttpReadinessProbe implements ReadinessProbe {

	private final HttpClient client;

	private final String path;

	HttpReadinessProbe(String path, Duration connectTimeout, AddressResolverGroup<?> resolver) {
		this.path = path;
		this.client = HttpClient.newConnection()
			.resolver(resolver)
			.disableRetry(true)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(connectTimeout.toMillis()))
			.headers((headers) -> headers.set("User-Agent", "tandem-gateway").set("Connection", "close"));
	}

	@Override
	public Mono<CheckResult> check(Instance instance, Duration timeout) {
		return client.get().uri(instance.management().resolve(path)).responseConnection((response, connection) -> {
			connection.dispose();
			return Mono
				.just(CheckResult.status(response.status().code(), Announcements.read(response.responseHeaders())));
		}).next().timeout(timeout).onErrorResume((error) -> Mono.just(CheckResult.error(describe(error, timeout))));
	}

	private static String describe(Throwable error, Duration timeout) {
		return (error instanceof TimeoutException) ? "readiness did not answer within " + timeout.toMillis() + " ms"
				: "readiness check failed: " + error.getMessage();
	}

}
