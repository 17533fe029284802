package io.tandem.gateway.proxy;

import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.timeout.WriteTimeoutHandler;
import reactor.netty.http.client.HttpClient;

/**
 * The HTTP clients of all kinds of attempts, configured once: configuring a client for
 * each request would copy it.
 */
final class UpstreamClients {

	private final HttpClient impatient;

	private final HttpClient patient;

	private final HttpClient withBody;

	private final HttpClient unpooled;

	private final HttpClient unpooledWithBody;

	/**
	 * Creates the clients.
	 * @param pooled the client of Spring Cloud Gateway
	 * @param unpooled the same, with a new connection for each request
	 */
	UpstreamClients(HttpClient pooled, HttpClient unpooled, UpstreamProperties properties) {
		this.impatient = pooled.responseTimeout(properties.firstAttemptTimeout());
		this.patient = pooled.responseTimeout(properties.responseTimeout());
		this.withBody = limitingWrites(patient, properties);
		this.unpooled = unpooled.responseTimeout(properties.responseTimeout());
		this.unpooledWithBody = limitingWrites(this.unpooled, properties);
	}

	/**
	 * Configures what all of them have in common. Reactor Netty's own retry would go to
	 * the same instance again.
	 */
	static HttpClient customize(HttpClient client, UpstreamProperties properties) {
		return client
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(properties.connectTimeout().toMillis()))
			.disableRetry(true)
			.doOnRequest((request, connection) -> removeAdditions(request.requestHeaders()));
	}

	HttpClient forAttempt(Attempt attempt) {
		if (attempt.retry()) {
			return attempt.bodyless() ? unpooled : unpooledWithBody;
		}
		if (attempt.bodyless()) {
			return attempt.impatient() ? impatient : patient;
		}
		return withBody;
	}

	/**
	 * The response time-out starts after the last byte sent: a stalled upload needs its
	 * own.
	 */
	private static HttpClient limitingWrites(HttpClient client, UpstreamProperties properties) {
		return client.doOnRequest((request, connection) -> connection.addHandlerLast("write-timeout",
				new WriteTimeoutHandler(properties.responseTimeout().toMillis(), TimeUnit.MILLISECONDS)));
	}

	/** See {@link ForwardedHeaders}: empty means that the client did not send it. */
	private static void removeAdditions(HttpHeaders headers) {
		removeIfEmpty(headers, HttpHeaderNames.USER_AGENT);
		removeIfEmpty(headers, HttpHeaderNames.ACCEPT);
	}

	private static void removeIfEmpty(HttpHeaders headers, CharSequence name) {
		String value = headers.get(name);
		if (value != null && value.isEmpty()) {
			headers.remove(name);
		}
	}

}
