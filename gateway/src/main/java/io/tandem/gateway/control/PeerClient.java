package io.tandem.gateway.control;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.resolver.AddressResolverGroup;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks with the management API of another gateway. Everything is bounded: connecting,
 * answering and the size of the answer.
 */
final class PeerClient {

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private static final int CONNECT_TIMEOUT_MILLIS = 500;

	private static final int LARGEST = 1024 * 1024;

	private final HttpClient client;

	private final String path;

	private final JsonMapper json;

	PeerClient(AdminProperties admin, String path, JsonMapper json, AddressResolverGroup<?> resolver) {
		String credentials = admin.username() + ":" + Objects.requireNonNullElse(admin.password(), "");
		String authorization = "Basic "
				+ Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
		this.path = path;
		this.json = json;
		this.client = HttpClient.newConnection()
			.resolver(resolver)
			.disableRetry(true)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
			.responseTimeout(TIMEOUT)
			.headers((headers) -> addTo(headers, authorization));
	}

	private static void addTo(HttpHeaders headers, String authorization) {
		headers.set(HttpHeaderNames.AUTHORIZATION, authorization)
			.set(HttpHeaderNames.ACCEPT, "application/json")
			.set(HttpHeaderNames.CONTENT_TYPE, "application/json")
			.set(HttpHeaderNames.CONNECTION, "close");
	}

	/** Asks for the settings of the peer. */
	Mono<SettingsDocument> pull(URI peer) {
		return client.get().uri(peer.resolve(path)).response((response, body) -> {
			if (response.status().code() != 200) {
				return Mono.error(new IllegalStateException("answered " + response.status()));
			}
			return body.asByteArray().collect(ByteArrayOutputStream::new, PeerClient::append);
		}).next().map((body) -> json.readValue(body.toByteArray(), SettingsDocument.class)).timeout(TIMEOUT);
	}

	private static void append(ByteArrayOutputStream body, byte[] part) {
		if (body.size() + part.length > LARGEST) {
			throw new IllegalStateException("sent more than " + LARGEST + " bytes");
		}
		body.writeBytes(part);
	}

	/** Endpoints take no nested values. */
	private Map<String, String> envelope(SettingsDocument document) {
		return Map.of("settings", json.writeValueAsString(document));
	}

	/** Sends the settings of this gateway. */
	Mono<Void> push(URI peer, SettingsDocument document) {
		return client.post()
			.uri(peer.resolve(path))
			.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(json.writeValueAsBytes(envelope(document)))))
			.response()
			.flatMap((response) -> (response.status().code() / 100 == 2) ? Mono.<Void>empty()
					: Mono.error(new IllegalStateException("answered " + response.status())))
			.timeout(TIMEOUT);
	}

}
