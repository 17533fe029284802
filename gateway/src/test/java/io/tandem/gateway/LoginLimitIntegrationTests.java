package io.tandem.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import io.tandem.gateway.support.ManagementClient;
import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import io.tandem.gateway.support.TestMessage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Somebody tries one password after the other.
 */
class LoginLimitIntegrationTests {

	@Test
	void wrongPasswordsOfAnAddressAreBoundedAndOthersNoticeNothing() throws Exception {
		try (TestInstance instance = TestInstance.start("web-app-1");
				TestGateway gateway = TestGateway.over(List.of(instance),
						"tandem.gateway.admin.password=" + ManagementClient.PASSWORD)) {
			ManagementClient operator = new ManagementClient(gateway.managementPort());
			ManagementClient stranger = new ManagementClient(gateway.managementPort(), "wrong");
			assertThat(operator.get("").status()).isEqualTo(200);
			int tried = 0;
			TestMessage answer = stranger.get("");
			while (answer.status() == 401 && tried < 200) {
				tried++;
				answer = stranger.get("");
			}
			assertThat(answer.status()).isEqualTo(429);
			assertThat(answer.header("Retry-After")).isEqualTo("1");
			assertThat(tried).isBetween(20, 40);
			assertThat(login(gateway, "127.0.0.1")).isEqualTo(429);
			assertThat(right(gateway, "127.0.0.9")).isEqualTo(200);
			await().atMost(Duration.ofSeconds(10)).until(() -> operator.get("").status() == 200);
			assertThat(operator.get("/events").body().split("failed to log in", -1)).hasSizeBetween(2, 7);
		}
	}

	/** On the dashboard. */
	private static int login(TestGateway gateway, String address) throws IOException {
		String form = "username=admin&password=wrong";
		try (TestClient client = new TestClient(address, gateway.managementPort())) {
			client
				.write("POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
						+ "Content-Length: " + form.length() + "\r\n\r\n" + form);
			return client.read(true).status();
		}
	}

	private static int right(TestGateway gateway, String address) throws IOException {
		try (TestClient client = new TestClient(address, gateway.managementPort())) {
			return client
				.exchange("GET /actuator/balancer HTTP/1.1", "Host: 127.0.0.1",
						"Authorization: " + ManagementClient.authorization())
				.status();
		}
	}

}
