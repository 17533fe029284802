package io.tandem.webapp;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.tandem.cluster.mysql.MySqlPair;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients see while databases come and go.
 */
class FailuresIntegrationTests {

	private static final String LINK = "{\"url\":\"https://example.com/\"}";

	private static final String[] BROWSER = { "Accept", "text/html,*/*;q=0.8" };

	private final MySqlPair pair = Databases.healthy();

	@Test
	void twoInstancesStartTogetherOnAnEmptySchema() throws Exception {
		Databases.execute("DROP TABLE IF EXISTS link_visits, visit_batch, link, flyway_schema_history");
		try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
			List<Future<Instance>> starting = executor.invokeAll(List.of(() -> Instance.start(this.pair, "web-app-1"),
					() -> Instance.start(this.pair, "web-app-2")));
			for (Future<Instance> started : starting) {
				try (Instance instance = started.get()) {
					assertThat(instance.create(LINK).statusCode()).isEqualTo(201);
				}
			}
		}
		assertThat(Databases.query(this.pair.primary(), "SELECT COUNT(*) FROM link")).isEqualTo("2");
	}

	@Test
	void withoutThePrimaryReadsGoOnAndWritesSaySo() {
		try (Instance instance = Instance.start(this.pair, "web-app-1")) {
			String code = Instance.json(instance.create(LINK)).get("code").asString();
			Databases.awaitReplica();
			this.pair.primary().kill();

			assertPrimaryMissing(instance.create(LINK));
			assertPrimaryMissing(instance.send("DELETE", "/api/links/" + code, "", "Authorization", "Bearer x"));
			assertThat(instance.get("/" + code).statusCode()).isEqualTo(302);
			assertThat(instance.get("/api/links/" + code).statusCode()).isEqualTo(200);
			assertThat(instance.get("/").body()).contains("/" + code, "mysql-2 (replica)");
			assertThat(instance.manage("/actuator/health/readiness").statusCode()).isEqualTo(200);
			assertThat(instance.manage("/actuator/health/liveness").statusCode()).isEqualTo(200);

			String key = UUID.randomUUID().toString();
			HttpResponse<String> form = instance.send("POST", "/", "url=https://example.com/kept&key=" + key,
					"Content-Type", "application/x-www-form-urlencoded");
			assertThat(form.statusCode()).isEqualTo(503);
			assertThat(form.headers().firstValue("Retry-After")).hasValue("1");
			assertThat(form.body()).contains("Your link was not shortened", "value=\"https://example.com/kept\"", key,
					"/" + code);

			this.pair.primary().start();
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(instance.create(LINK).statusCode()).isEqualTo(201));
		}
	}

	@Test
	void instanceStartsAndReadsWithoutThePrimary() {
		String code;
		try (Instance instance = Instance.start(this.pair, "web-app-1")) {
			code = Instance.json(instance.create(LINK)).get("code").asString();
		}
		Databases.awaitReplica();
		this.pair.primary().kill();
		try (Instance instance = Instance.start(this.pair, "web-app-2")) {
			assertThat(instance.get("/" + code).statusCode()).isEqualTo(302);
			assertPrimaryMissing(instance.create(LINK));
			this.pair.primary().start();
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(instance.create(LINK).statusCode()).isEqualTo(201));
		}
	}

	@Test
	void withoutAnyDatabaseAnswersStayFriendly() {
		try (Instance instance = Instance.start(this.pair, "web-app-1")) {
			this.pair.replica().kill();
			this.pair.primary().kill();
			HttpResponse<String> redirect = instance.get("/some-code");
			assertThat(redirect.statusCode()).isEqualTo(503);
			assertThat(redirect.headers().firstValue("Retry-After")).hasValue("1");
			assertThat(Instance.json(redirect).get("detail").asString()).isNotBlank();
			assertThat(instance.get("/some-code", BROWSER).body()).contains("<h1>");
			HttpResponse<String> page = instance.get("/", BROWSER);
			assertThat(page.statusCode()).isEqualTo(503);
			assertThat(page.body()).contains("<form", "Newest links");
			assertThat(instance.manage("/actuator/health/liveness").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void deadReplicaIsNoticedByNobody() {
		try (Instance instance = Instance.start(this.pair, "web-app-1")) {
			String code = Instance.json(instance.create(LINK)).get("code").asString();
			Databases.awaitReplica();
			this.pair.replica().kill();
			for (int i = 0; i < 20; i++) {
				assertThat(instance.get("/" + code).statusCode()).isEqualTo(302);
			}
			assertThat(instance.create(LINK).statusCode()).isEqualTo(201);
			assertThat(instance.manage("/actuator/health/readiness").statusCode()).isEqualTo(200);
		}
	}

	private static void assertPrimaryMissing(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
		assertThat(Instance.json(answer).get("detail").asString()).contains("nothing was changed", "Reading goes on");
	}

}
