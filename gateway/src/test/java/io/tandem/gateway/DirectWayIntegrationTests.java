package io.tandem.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests pass by WebFlux only where nobody would notice.
 */
@ExtendWith(OutputCaptureExtension.class)
class DirectWayIntegrationTests {

	private static final String DIRECT = "Requests are forwarded without WebFlux";

	private final TestInstance instance = TestInstance.start("web-app-1");

	@AfterEach
	void stop() {
		instance.close();
	}

	@Test
	void defaultRoutePassesByWebFlux(CapturedOutput output) throws IOException {
		try (TestGateway gateway = TestGateway.over(instance)) {
			assertThat(TestClient.get(gateway.port(), "/").status()).isEqualTo(200);
			assertThat(output).contains(DIRECT);
		}
	}

	@Test
	void filtersSeeEveryRequest(CapturedOutput output) throws IOException {
		for (Class<?> filters : List.of(Global.class, Web.class)) {
			try (TestGateway gateway = TestGateway.with(filters, List.of(instance))) {
				assertThat(TestClient.get(gateway.port(), "/").header("X-Filtered")).isEqualTo("yes");
			}
		}
		assertThat(output).contains("because there is globalFilter", "because there is webFilter")
			.doesNotContain(DIRECT);
	}

	@Test
	void routeInFrontIsNotPassedBy(CapturedOutput output) throws IOException {
		String prefix = "spring.cloud.gateway.server.webflux.";
		try (TestGateway gateway = TestGateway.over(List.of(instance), prefix + "routes[0].id=special",
				prefix + "routes[0].uri=lb://web-app", prefix + "routes[0].order=-1",
				prefix + "routes[0].predicates[0]=Path=/special",
				prefix + "routes[0].filters[0]=AddRequestHeader=X-Filtered, yes")) {
			assertThat(TestClient.get(gateway.port(), "/special").body()).contains("X-Filtered: yes");
			assertThat(TestClient.get(gateway.port(), "/").body()).doesNotContain("X-Filtered");
		}
		assertThat(output).contains("because there is a route before web-app").doesNotContain(DIRECT);
	}

	@Test
	void accessLogClosesNoWay(CapturedOutput output, @TempDir Path directory) throws IOException {
		try (TestGateway gateway = TestGateway.over(List.of(instance), "tandem.gateway.access-log.enabled=true",
				"tandem.gateway.access-log.file=" + directory.resolve("access.log"))) {
			assertThat(TestClient.get(gateway.port(), "/").status()).isEqualTo(200);
		}
		assertThat(directory.resolve("access.log")).content().contains("\"status\":200");
		assertThat(output).contains(DIRECT);
	}

	@Test
	void withoutHttpsNoCertificateIsNeeded(@TempDir Path directory) throws IOException {
		try (TestGateway gateway = TestGateway.over(List.of(instance), "tandem.gateway.https.enabled=false",
				"tandem.gateway.https.directory=" + directory.resolve("missing"))) {
			assertThat(TestClient.get(gateway.port(), "/").status()).isEqualTo(200);
		}
		assertThat(directory.resolve("missing")).doesNotExist();
	}

	@Test
	void webSocketOfTheGatewayItselfWorks(CapturedOutput output) throws IOException {
		try (TestGateway gateway = TestGateway.with(Sockets.class, List.of(instance));
				TestClient client = new TestClient(gateway.port())) {
			client.upgrade("/own");
			assertThat(client.readInterim().status()).isEqualTo(101);
			for (int i = 0; i < 3; i++) {
				// A frame of text, masked with zeros, and its echo.
				client.writeBytes("\u0081\u0084\0\0\0\0ping");
				assertThat(client.read(6)).isEqualTo("\u0081\u0004ping");
			}
		}
		assertThat(output).contains("because there is sockets").doesNotContain(DIRECT);
	}

	/** No configuration that a scan would find, and every gateway with it. */
	static class Global {

		@Bean
		GlobalFilter globalFilter() {
			return new OrderedStamp();
		}

	}

	/** Without an order it would come after the one that forwards. */
	static final class OrderedStamp implements GlobalFilter, Ordered {

		@Override
		public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
			exchange.getResponse().getHeaders().set("X-Filtered", "yes");
			return chain.filter(exchange);
		}

		@Override
		public int getOrder() {
			return 0;
		}

	}

	static class Sockets {

		@Bean
		HandlerMapping sockets() {
			WebSocketHandler echo = (session) -> session
				.send(session.receive().map((message) -> session.textMessage(message.getPayloadAsText())));
			return new SimpleUrlHandlerMapping(Map.of("/own", echo), Ordered.HIGHEST_PRECEDENCE);
		}

	}

	static class Web {

		@Bean
		WebFilter webFilter() {
			return (exchange, chain) -> {
				exchange.getResponse().getHeaders().set("X-Filtered", "yes");
				return chain.filter(exchange);
			};
		}

	}

}
