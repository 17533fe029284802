package io.tandem.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.tandem.gateway.balance.Instance;
import io.tandem.gateway.balance.InstancePool;
import io.tandem.gateway.control.Actor;
import io.tandem.gateway.control.OperatorControl;
import io.tandem.gateway.control.Peers;
import io.tandem.gateway.setting.SettingException;
import io.tandem.gateway.support.DashboardStream;
import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import io.tandem.gateway.support.TestMessage;
import io.tandem.gateway.support.TestNameServer;
import io.tandem.gateway.support.Traffic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Instances that a name server names, as pods behind a headless Service are.
 */
class DiscoveryIntegrationTests {

	private static final String NAME = "web-app.tandem.svc.cluster.local";

	private static final int PER_SECOND = 60;

	private final int port = TestInstance.freePort();

	private final int managementPort = TestInstance.freePort();

	private final TestNameServer names = TestNameServer.of(NAME);

	private final List<TestInstance> instances = new ArrayList<>();

	@AfterEach
	void stop() {
		names.close();
		instances.forEach(TestInstance::close);
	}

	@Test
	void podsComeAndGoWithoutARestartAndWithoutAFailedRequest() throws Exception {
		TestInstance old = pod("127.0.0.11");
		pod("127.0.0.12");
		names.answer("127.0.0.11", "127.0.0.12");
		try (TestGateway gateway = gateway("tandem.gateway.sticky-secret=a secret for this test")) {
			gateway.awaitInRotation(2);
			Traffic traffic = Traffic.start(gateway.port(), PER_SECOND, 10, (client) -> client.get("/"));
			TestInstance fresh = pod("127.0.0.13");
			names.answer("127.0.0.11", "127.0.0.12", "127.0.0.13");
			await().until(() -> fresh.count() > 0);
			old.answerReadinessWith(503);
			gateway.awaitInRotation(2);
			old.close();
			names.answer("127.0.0.12", "127.0.0.13");
			await().until(() -> ids(gateway), List.of("web-app-127.0.0.12", "web-app-127.0.0.13")::equals);
			int before = traffic.answered();
			await().until(() -> traffic.answered() >= before + PER_SECOND);
			assertThat(traffic.stop().failures()).isEmpty();
			assertThat(traffic.servedBy()).containsOnlyKeys("web-app-127.0.0.11", "web-app-127.0.0.12",
					"web-app-127.0.0.13");
			assertThat(metrics(gateway)).contains("instance=\"web-app-127.0.0.13\"")
				.doesNotContain("instance=\"web-app-127.0.0.11\"");
		}
	}

	@Test
	void newPodGetsNoRequestBeforeItIsReady() throws Exception {
		pod("127.0.0.11");
		names.answer("127.0.0.11");
		try (TestGateway gateway = gateway()) {
			TestInstance fresh = pod("127.0.0.12");
			fresh.answerReadinessWith(503);
			names.answer("127.0.0.11", "127.0.0.12");
			await().until(() -> ids(gateway).size() == 2);
			assertThat(Traffic.send(gateway.port(), 100, 4, (client) -> client.get("/")).failures()).isEmpty();
			assertThat(fresh.count()).isZero();
			fresh.answerReadinessWith(200);
			gateway.awaitInRotation(2);
		}
	}

	@Test
	void gatewayStartsBeforeTheFirstPod() throws Exception {
		try (TestGateway gateway = gateway()) {
			TestMessage none = TestClient.get(gateway.port(), "/");
			assertThat(none.status()).isEqualTo(503);
			assertThat(none.header("X-Gateway-Error")).isEqualTo("no-instance");
			assertThat(TestClient.get(gateway.managementPort(), "/actuator/health/readiness").status()).isEqualTo(200);
			pod("127.0.0.11");
			names.answer("127.0.0.11");
			gateway.awaitInRotation(1);
			assertThat(TestClient.get(gateway.port(), "/").status()).isEqualTo(200);
		}
	}

	@Test
	void instancesStayWhileNoNameServerKnowsBetter() throws Exception {
		pod("127.0.0.11");
		names.answer("127.0.0.11");
		try (TestGateway gateway = gateway()) {
			names.answer();
			int before = names.asked();
			await().until(() -> names.asked() > before + 10);
			assertThat(ids(gateway)).containsExactly("web-app-127.0.0.11");
			assertThat(TestClient.get(gateway.port(), "/").status()).isEqualTo(200);
		}
	}

	@Test
	void orderForAnInstanceWaitsForIt() throws Exception {
		pod("127.0.0.11");
		names.answer("127.0.0.11");
		try (TestGateway gateway = gateway("tandem.gateway.admin.password=a password")) {
			InstancePool pool = gateway.bean(InstancePool.class);
			Instance absent = pool.all().getFirst();
			gateway.bean(OperatorControl.class).instance(absent, 7, null, new Actor("test", "test"));
			names.answer("127.0.0.12");
			await().until(() -> pool.find(absent.id()) == null);
			names.answer("127.0.0.11", "127.0.0.12");
			await().until(() -> pool.find(absent.id()) != null);
			assertThat(pool.status(absent).weight()).isEqualTo(7);
		}
	}

	@Test
	@Timeout(60)
	void dashboardShowsWhoIsThere() throws Exception {
		pod("127.0.0.11");
		names.answer("127.0.0.11");
		try (TestGateway gateway = gateway(); DashboardStream page = dashboard(gateway)) {
			await().until(() -> shown(page.next("snapshot")), List.of("web-app-127.0.0.11")::equals);
			pod("127.0.0.12");
			names.answer("127.0.0.12");
			Set<String> events = new HashSet<>();
			await().until(() -> {
				JsonNode snapshot = page.next("snapshot");
				snapshot.path("events").forEach((event) -> events.add(event.path("text").asString()));
				return shown(snapshot).equals(List.of("web-app-127.0.0.12"));
			});
			assertThat(events).contains("web-app-127.0.0.12 is new", "web-app-127.0.0.11 has left");
			gateway.awaitInRotation(1);
			await().atMost(Duration.ofSeconds(10)).until(() -> {
				TestClient.get(gateway.port(), "/");
				JsonNode requests = page.next("snapshot").path("requests");
				return requests.size() == 1 && requests.path(0).path("to").asString().equals("web-app-127.0.0.12")
						&& requests.path(0).path("rate").asDouble() > 0;
			});
		}
	}

	/** Each address of a name is a gateway; one of them is the gateway itself. */
	@Test
	@Timeout(60)
	void gatewayCountsItselfOnceAmongItsPeers() throws Exception {
		int management = TestInstance.freePort();
		try (TestNameServer gateways = TestNameServer.of("gateway-peers")) {
			gateways.answer("127.0.0.1", "127.0.0.2");
			try (TestGateway gateway = TestGateway.over(List.of(TestInstance.absent("web-app-1")),
					"tandem.gateway.admin.password=a password", "management.server.address=0.0.0.0",
					"management.server.port=" + management, "tandem.gateway.peers=http://gateway-peers:" + management,
					"tandem.gateway.peer-interval=100ms", "tandem.gateway.discovery.name-server=" + gateways.address());
					DashboardStream page = dashboard(gateway)) {
				assertThat(gateway.bean(Peers.class).present()).hasSize(2);
				await().atMost(Duration.ofSeconds(10)).until(() -> page.next("snapshot").path("gateways").size() == 1);
				await().during(Duration.ofSeconds(2))
					.atMost(Duration.ofSeconds(10))
					.until(() -> page.next("snapshot").path("gateways").size() == 1);
				gateways.answer();
				int before = gateways.asked();
				await().until(() -> gateways.asked() > before + 10);
				assertThat(gateway.bean(Peers.class).present()).hasSize(2);
			}
		}
	}

	private static DashboardStream dashboard(TestGateway gateway) throws Exception {
		return DashboardStream.open("http://127.0.0.1:" + gateway.managementPort());
	}

	private static List<String> shown(JsonNode snapshot) {
		return snapshot.path("instances")
			.valueStream()
			.map((instance) -> instance.path("balancing").path("id").asString())
			.toList();
	}

	@Test
	void configuredInstancesBesideANameStopTheStart() {
		assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> TestGateway.over(List.of(TestInstance.absent("web-app-1")), settings()).close())
			.havingRootCause()
			.isInstanceOf(SettingException.class)
			.withMessageContaining("tandem.gateway.discovery.host is set too");
	}

	/** With the files that pods mount, but for their place. */
	@Test
	void gatewayStartsWithTheSettingsOfItsPods(@TempDir Path run) throws Exception {
		try (TestGateway first = gateway()) {
			// Has made the certificate that all tests share.
			assertThat(first.inRotation()).isZero();
		}
		Path certificate = Path.of("target", "test-tls", "gateway.pem");
		Files.createDirectories(run.resolve("tls"));
		Files.copy(certificate, run.resolve("tls/tls.crt"));
		Files.copy(certificate, run.resolve("tls/tls.key"));
		Files.createDirectories(run.resolve("properties"));
		Files.writeString(run.resolve("properties/tandem.gateway.admin.password"), "a password");
		Path config = Files.createDirectories(run.resolve("config"));
		mount(Path.of("../ops/gateway.properties"), config.resolve("application.properties"), run);
		mount(Path.of("../k8s/base/gateway/application-kubernetes.properties"),
				config.resolve("application-kubernetes.properties"), run);
		try (TestNameServer cluster = TestNameServer.of("web-app")) {
			cluster.answer("127.0.0.11");
			pod("127.0.0.11");
			try (TestGateway gateway = TestGateway.over(List.of(), "spring.profiles.active=kubernetes",
					"spring.config.additional-location=file:" + config + "/", "tandem.node-name=gateway-of-test",
					"tandem.gateway.state-file=" + run.resolve("balancer.json"),
					"tandem.gateway.discovery.port=" + port,
					"tandem.gateway.discovery.management-port=" + managementPort,
					"tandem.gateway.discovery.name-server=" + cluster.address())) {
				gateway.awaitInRotation(1);
				assertThat(TestClient.get(gateway.port(), "/").status()).isEqualTo(200);
				assertThat(TestClient.get(gateway.managementPort(), "/actuator/balancer").status()).isEqualTo(401);
			}
		}
	}

	private static void mount(Path file, Path target, Path run) throws IOException {
		Files.writeString(target, Files.readString(file).replace("/run/tandem", run.toString()));
	}

	private TestInstance pod(String address) {
		TestInstance instance = TestInstance.startAt(address, port, managementPort);
		instances.add(instance);
		return instance;
	}

	private TestGateway gateway(String... more) {
		List<String> all = new ArrayList<>(List.of(settings()));
		all.addAll(List.of(more));
		return TestGateway.over(List.of(), all.toArray(String[]::new));
	}

	private String[] settings() {
		return new String[] { "tandem.gateway.discovery.host=" + NAME, "tandem.gateway.discovery.port=" + port,
				"tandem.gateway.discovery.management-port=" + managementPort, "tandem.gateway.discovery.interval=50ms",
				"tandem.gateway.discovery.forget-after=300ms",
				"tandem.gateway.discovery.name-server=" + names.address() };
	}

	private static List<String> ids(TestGateway gateway) {
		return gateway.bean(InstancePool.class).all().stream().map(Instance::id).sorted().toList();
	}

	private static String metrics(TestGateway gateway) throws IOException {
		return TestClient.get(gateway.managementPort(), "/actuator/prometheus").body();
	}

}
