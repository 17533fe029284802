package io.tandem.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A connection goes on after a request that came before the previous one was done with,
 * and that was answered at once. Reactor Netty 1.3.7 then never read again (its issue
 * 4361). The same happens to clients that wait for each answer: what is answered on
 * another thread than the connection's, as by the endpoints, is done with a moment later.
 */
class KeepAliveIntegrationTests {

	private static final TestInstance instance = TestInstance.start("web-app-1");

	@AfterAll
	static void stop() {
		instance.close();
	}

	@Test
	void managementPortGoesOnAfterRequestThatWasAnsweredAtOnce() throws IOException {
		try (TestGateway gateway = TestGateway.over(instance);
				TestClient client = new TestClient(gateway.managementPort())) {
			// Nobody may change anything here: there is no password.
			assertGoesOn(client, "/actuator/health", "DELETE /actuator/balancer", 403);
		}
	}

	@Test
	void publicPortGoesOnAfterRequestThatAFilterAnsweredAtOnce() throws IOException {
		try (TestGateway gateway = TestGateway.with(Answering.class, List.of(instance));
				TestClient client = new TestClient(gateway.port())) {
			assertGoesOn(client, "/page", "GET /at-once", 410);
		}
	}

	private static void assertGoesOn(TestClient client, String slow, String atOnce, int status) throws IOException {
		client.timeout(Duration.ofSeconds(5));
		client.write(request("GET " + slow) + request(atOnce));
		assertThat(client.read(true).status()).isEqualTo(200);
		assertThat(client.read(true).status()).isEqualTo(status);
		assertThat(client.get(slow).status()).isEqualTo(200);
	}

	private static String request(String line) {
		return line + " HTTP/1.1\r\nHost: tandem.test\r\n\r\n";
	}

	@Order(Ordered.HIGHEST_PRECEDENCE)
	static final class Answering implements WebFilter {

		@Override
		public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
			if (!exchange.getRequest().getPath().value().equals("/at-once")) {
				return chain.filter(exchange);
			}
			exchange.getResponse().setStatusCode(HttpStatus.GONE);
			return exchange.getResponse().setComplete();
		}

	}

}
