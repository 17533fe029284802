package io.tandem.webapp.visit;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.tandem.cluster.mysql.MySqlPair;
import io.tandem.webapp.Databases;
import io.tandem.webapp.Instance;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class VisitsIntegrationTests {

	private final MySqlPair pair = Databases.healthy();

	@Test
	void gracefulStopLosesNoVisit() {
		String code;
		try (Instance instance = Instance.start(this.pair, "web-app-1", "--tandem.visits.flush-interval=1h")) {
			code = create(instance);
			follow(instance, code, 50);
			assertThat(visits(code)).isEmpty();
		}
		assertThat(visits(code)).isEqualTo("50");
	}

	@Test
	void visitsWaitForThePrimaryAndAreWrittenOnce() {
		try (Instance instance = Instance.start(this.pair, "web-app-1")) {
			String code = create(instance);
			follow(instance, code, 3);
			Awaitility.await().untilAsserted(() -> assertThat(visits(code)).isEqualTo("3"));
			this.pair.primary().kill();
			follow(instance, code, 5);
			Awaitility.await()
				.untilAsserted(() -> assertThat(metric(instance, "tandem_visits_unanswered")).isEqualTo("5.0"));
			follow(instance, code, 2);
			this.pair.primary().start();
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(visits(code)).isEqualTo("10"));
		}
	}

	@Test
	void batchThatWasWrittenWithoutAnAnswerIsNotWrittenAgain() {
		try (Instance instance = Instance.start(this.pair, "web-app-1", "--tandem.visits.flush-interval=1h")) {
			String code = create(instance);
			long id = Long
				.parseLong(Databases.query(this.pair.primary(), "SELECT id FROM link WHERE code = '" + code + "'"));
			VisitWriter writer = instance.bean(VisitWriter.class);
			VisitBatch batch = VisitBatch.of(List.of(new Visits(id, 4)));
			writer.write(batch);
			writer.writeAgain(batch);
			assertThat(visits(code)).isEqualTo("4");
			writer.writeAgain(VisitBatch.of(List.of(new Visits(id, 1))));
			assertThat(visits(code)).isEqualTo("5");
		}
	}

	@Test
	void visitsOfADeletedLinkAreLeftOut() {
		try (Instance instance = Instance.start(this.pair, "web-app-1", "--tandem.visits.flush-interval=1h")) {
			JsonNode deleted = Instance.json(instance.create("{\"url\":\"https://example.com/\"}"));
			String kept = create(instance);
			follow(instance, deleted.get("code").asString(), 2);
			follow(instance, kept, 1);
			assertThat(instance
				.send("DELETE", "/api/links/" + deleted.get("code").asString(), "", "Authorization",
						"Bearer " + deleted.get("ownerKey").asString())
				.statusCode()).isEqualTo(204);
			assertThat(instance.bean(VisitFlusher.class).flush()).isTrue();
			assertThat(visits(kept)).isEqualTo("1");
		}
	}

	private String visits(String code) {
		return Databases.query(this.pair.primary(),
				"SELECT v.visits FROM link l JOIN link_visits v ON v.link_id = l.id WHERE l.code = '" + code + "'");
	}

	private static String create(Instance instance) {
		String code = Instance.json(instance.create("{\"url\":\"https://example.com/\"}")).get("code").asString();
		Databases.awaitReplica();
		return code;
	}

	private static void follow(Instance instance, String code, int times) {
		IntStream.range(0, times).forEach((i) -> assertThat(instance.get("/" + code).statusCode()).isEqualTo(302));
	}

	private static String metric(Instance instance, String name) {
		return instance.manage("/actuator/prometheus")
			.body()
			.lines()
			.filter((line) -> line.startsWith(name + " "))
			.map((line) -> line.substring(name.length() + 1))
			.findFirst()
			.orElse("");
	}

}
