package io.tandem.gateway;

import java.util.List;

import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Errors of the gateway itself in answer to HEAD over HTTP/2, where no codec leaves out
 * what must not be there.
 */
class HeadIntegrationTests {

	@ParameterizedTest
	@CsvSource({ "true, /a/../b, 400, bad-path", "true, /, 503, no-instance", "false, /a/../b, 400, bad-path",
			"false, /, 503, no-instance" })
	void refusedHeadIsAnsweredWithoutContent(boolean direct, String path, int status, String reason) throws Exception {
		int port = TestInstance.freePort();
		try (TestGateway gateway = TestGateway.over(List.of(TestInstance.absent("web-app-1")),
				"tandem.gateway.https.port=" + port, "tandem.gateway.direct=" + direct);
				Http2Client client = new Http2Client(port)) {
			client.send(1, "GET", path);
			Http2Client.Answer get = client.read(1);
			assertThat(get.status()).isEqualTo(status);
			assertThat(get.length()).isPositive();
			client.send(3, "HEAD", path);
			Http2Client.Answer head = client.read(3);
			assertThat(head.status()).isEqualTo(status);
			assertThat(head.header("x-gateway-error")).isEqualTo(reason);
			assertThat(head.header("content-length")).isEqualTo(String.valueOf(get.length()));
			assertThat(head.length()).isZero();
			assertThat(head.headOnly()).isTrue();
			assertThat(gateway.inRotation()).isZero();
		}
	}

}
