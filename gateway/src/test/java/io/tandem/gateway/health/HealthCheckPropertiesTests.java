package io.tandem.gateway.health;

import java.time.Duration;

import io.tandem.gateway.setting.SettingException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HealthCheckPropertiesTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "ready", "/ready now", "/%zz", "//elsewhere/ready", "http://elsewhere/ready" })
	void whatIsNoPathIsRefused(String path) {
		assertThatExceptionOfType(SettingException.class).isThrownBy(() -> withPath(path))
			.withMessageContaining("tandem.gateway.health-check.path is '" + path + "'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/actuator/health/readiness", "/ready?of=gateway" })
	void pathIsTaken(String path) {
		assertThat(withPath(path).path()).isEqualTo(path);
	}

	private static HealthCheckProperties withPath(String path) {
		Duration second = Duration.ofSeconds(1);
		return new HealthCheckProperties(path, second, second, second, 2, 2);
	}

}
