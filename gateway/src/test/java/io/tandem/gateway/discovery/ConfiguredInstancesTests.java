package io.tandem.gateway.discovery;

import java.net.URI;
import java.util.List;

import io.tandem.gateway.balance.Instance;
import io.tandem.gateway.setting.SettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ConfiguredInstancesTests {

	private static final String PREFIX = "spring.cloud.discovery.client.simple.instances.web-app";

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void instancesAreReadInOrder() {
		instance(0, "web-app-1", "http://127.0.0.1:8101");
		instance(1, "web-app-2", "https://web-app-2.test/");
		environment.setProperty(PREFIX + "[0].metadata.management-port", "9101");
		assertThat(read()).containsExactly(
				new Instance("web-app-1", URI.create("http://127.0.0.1:8101"), URI.create("http://127.0.0.1:9101")),
				new Instance("web-app-2", URI.create("https://web-app-2.test:443"),
						URI.create("https://web-app-2.test:443")));
	}

	@Test
	void noInstanceIsAnErrorThatSaysWhatToSet() {
		assertThatExceptionOfType(SettingException.class).isThrownBy(this::read)
			.withMessage("No instance of 'web-app' is configured to balance over.");
	}

	@Test
	void sameNameTwiceIsAnError() {
		instance(0, "web-app-1", "http://127.0.0.1:8101");
		instance(1, "web-app-1", "http://127.0.0.1:8102");
		assertThatExceptionOfType(SettingException.class).isThrownBy(this::read)
			.withMessageContaining("[0]")
			.withMessageContaining("[1]")
			.withMessageContaining("name 'web-app-1'");
	}

	@Test
	void sameAddressTwiceIsAnError() {
		instance(0, "web-app-1", "http://127.0.0.1:80");
		instance(1, "web-app-2", "http://127.0.0.1");
		assertThatExceptionOfType(SettingException.class).isThrownBy(this::read)
			.withMessageContaining("address 'http://127.0.0.1:80'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1:8101", "ftp://127.0.0.1", "http://127.0.0.1/app", "http://127.0.0.1?a=b",
			"http://user@127.0.0.1", "http:///", "http://127.0.0.1:0" })
	void addressOfAnotherFormIsAnError(String uri) {
		instance(0, "web-app-1", uri);
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(this::read).withMessageContaining("web-app");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "65536", "many", "-1" })
	void managementPortThatIsNoneIsAnError(String port) {
		instance(0, "web-app-1", "http://127.0.0.1:8101");
		environment.setProperty(PREFIX + "[0].metadata.management-port", port);
		assertThatExceptionOfType(SettingException.class).isThrownBy(this::read)
			.withMessageContaining("management port '" + port + "'");
	}

	@Test
	void missingNameIsAnError() {
		environment.setProperty(PREFIX + "[0].uri", "http://127.0.0.1:8101");
		assertThatExceptionOfType(SettingException.class).isThrownBy(this::read).withMessageContaining("no name");
	}

	private void instance(int index, String id, String uri) {
		environment.setProperty(PREFIX + "[" + index + "].instance-id", id);
		environment.setProperty(PREFIX + "[" + index + "].uri", uri);
	}

	private List<Instance> read() {
		return ConfiguredInstances.of("web-app", environment);
	}

}
