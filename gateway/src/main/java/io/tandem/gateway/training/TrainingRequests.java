package io.tandem.gateway.training;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;
import reactor.util.retry.Retry;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Requests as clients, monitoring and operators send them.
 */
final class TrainingRequests {

	private static final Logger logger = LoggerFactory.getLogger(TrainingRequests.class);

	/** So many that the JVM compiles what they need, and remembers that it was hot. */
	private static final int FORWARDED = 2_000;

	private static final int FEW = 20;

	private static final int AT_A_TIME = 8;

	private static final Duration WITHIN = Duration.ofMinutes(1);

	/**
	 * On a machine that is busy with a build the instance may seem absent for a moment.
	 */
	private static final Retry PATIENCE = Retry.fixedDelay(30, Duration.ofSeconds(1));

	/** One that gets no answer is repeated instead of failing the build of an image. */
	private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);

	private final int port;

	private final int securePort;

	private final int managementPort;

	private final String password;

	private int sent;

	TrainingRequests(int port, int securePort, int managementPort, String password) {
		this.port = port;
		this.securePort = securePort;
		this.managementPort = managementPort;
		this.password = password;
	}

	/**
	 * Sends all requests and waits for their answers.
	 * @return how many they were
	 */
	int send() {
		HttpClient http = client(port);
		send(FORWARDED, http.get().uri("/page?q=1"), HttpStatus.OK);
		send(FEW, http.post().uri("/form").send(ByteBufFlux.fromString(Flux.just("a=1&", "b=2"))), HttpStatus.OK);
		// Refused, and the connection closed.
		send(1, http.request(HttpMethod.TRACE).uri("/"), HttpStatus.METHOD_NOT_ALLOWED);
		send(FEW, secure(HttpProtocol.HTTP11, Http11SslContextSpec.forClient()).get().uri("/"), HttpStatus.OK);
		send(FEW, secure(HttpProtocol.H2, Http2SslContextSpec.forClient()).get().uri("/"), HttpStatus.OK);
		HttpClient management = client(managementPort).headers((headers) -> headers.set(HttpHeaderNames.AUTHORIZATION,
				"Basic " + HttpHeaders.encodeBasicAuth("admin", password, StandardCharsets.UTF_8)));
		for (String endpoint : List.of("health/readiness", "health", "prometheus", "balancer")) {
			send(1, management.get().uri("/actuator/" + endpoint), HttpStatus.OK);
		}
		return sent;
	}

	private HttpClient secure(HttpProtocol protocol, GenericSslContextSpec<SslContextBuilder> context) {
		GenericSslContextSpec<SslContextBuilder> trusting = context
			.configure((builder) -> builder.trustManager(InsecureTrustManagerFactory.INSTANCE));
		return client(securePort).protocol(protocol).secure((ssl) -> ssl.sslContext(trusting));
	}

	private static HttpClient client(int port) {
		return HttpClient.create()
			.host("127.0.0.1")
			.port(port)
			.disableRetry(true)
			.responseTimeout(ANSWERED_WITHIN)
			.doOnRequestError((request, error) -> logger.warn("{} was not answered in training, and is repeated",
					request.uri(), error));
	}

	private void send(int times, HttpClient.ResponseReceiver<?> request, HttpStatus expected) {
		sent += times;
		Flux.range(0, times)
			.flatMap((number) -> send(request, expected).retryWhen(PATIENCE), AT_A_TIME)
			.blockLast(WITHIN);
	}

	private static Mono<Integer> send(HttpClient.ResponseReceiver<?> request, HttpStatus expected) {
		return request.responseSingle((response, body) -> {
			int status = response.status().code();
			return (status == expected.value()) ? body.then().thenReturn(status) : Mono
				.error(new IllegalStateException(response.resourceUrl() + " was answered " + status + " in training"));
		});
	}

}
