package io.tandem.dbrouter;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.tandem.cluster.mysql.MySqlPair;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the token travels over HTTP: a client writes through one instance and reads from
 * the other one, while the replica applies nothing.
 */
@ExtendWith(SharedPair.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsistencyWebIntegrationTests {

	private static final String NAME = "Tandem-Consistency";

	private final TwoInstances instances;

	private final HttpAnswers one;

	private final HttpAnswers two;

	private final AtomicLong ids = new AtomicLong(1000);

	private AutoCloseable hold = () -> {
	};

	ConsistencyWebIntegrationTests(MySqlPair pair) {
		// So that a held replica stays in use, and no read waits for it.
		this.instances = new TwoInstances(pair, "db-router.lag.max=10m", "db-router.consistency.max-wait=1ms",
				"spring.threads.virtual.enabled=true", "spring.task.execution.propagate-context=true");
		this.one = new HttpAnswers(this.instances.one);
		this.two = new HttpAnswers(this.instances.two);
	}

	@BeforeAll
	void holdReplica() throws Exception {
		this.instances.pair.awaitReplicaCaughtUp(Duration.ofSeconds(10));
		this.hold = this.instances.holdReplica();
	}

	@BeforeEach
	void replicaIsBehind() {
		TwoInstances.eventually(() -> {
			long id = this.ids.incrementAndGet();
			this.one.post("/answers/text/" + id);
			assertThat(this.two.get("/answers/" + id).statusCode()).isEqualTo(404);
		});
	}

	@AfterAll
	void stop() throws Exception {
		this.hold.close();
		this.instances.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "text", "nothing", "redirect", "error", "exception", "large", "print", "length", "reset",
			"callable", "future", "stream" })
	void everyKindOfAnswerBringsTheToken(String kind) {
		long id = this.ids.incrementAndGet();
		HttpResponse<String> response = this.one.post("/answers/" + kind + "/" + id);
		String token = response.headers().firstValue(NAME).orElseThrow();
		assertThat(response.headers().allValues(NAME)).hasSize(1);
		assertThat(this.two.get("/answers/" + id).statusCode()).as("without the token").isEqualTo(404);
		assertThat(this.two.get("/answers/" + id, NAME, token).statusCode()).as("with it").isEqualTo(204);
		assertThat(this.two.get("/answers/" + id, "Cookie", NAME + "=" + token).statusCode()).as("in a cookie")
			.isEqualTo(204);
	}

	@Test
	void cookieIsForThisSiteAndShortLived() {
		HttpResponse<String> response = this.one.post("/answers/text/" + this.ids.incrementAndGet());
		String token = response.headers().firstValue(NAME).orElseThrow();
		assertThat(response.headers().allValues("Set-Cookie")).singleElement()
			.asString()
			.startsWith(NAME + "=" + token + ";")
			.contains("Max-Age=31", "Path=/", "HttpOnly", "SameSite=Lax")
			.doesNotContain("Secure");
	}

	@Test
	void headerWinsOverTheCookie() {
		long id = this.ids.incrementAndGet();
		String token = write(id);
		assertThat(this.two.get("/answers/" + id, NAME, token, "Cookie", NAME + "=nonsense").statusCode())
			.isEqualTo(204);
		assertThat(this.two.get("/answers/" + id, NAME, "nonsense", "Cookie", NAME + "=" + token).statusCode())
			.isEqualTo(404);
	}

	@Test
	void answerWithoutAWriteBringsNoToken() {
		long id = this.ids.incrementAndGet();
		HttpResponse<String> response = this.two.get("/answers/" + id, NAME, write(id));
		assertThat(response.headers().map()).doesNotContainKeys(NAME, "Set-Cookie");
	}

	@Test
	void nextTokenHasWhatTheOneBeforeHad() {
		long first = this.ids.incrementAndGet();
		long second = this.ids.incrementAndGet();
		String token = this.two.post("/answers/text/" + second, NAME, write(first))
			.headers()
			.firstValue(NAME)
			.orElseThrow();
		assertThat(this.one.get("/answers/" + first, NAME, token).statusCode()).isEqualTo(204);
		assertThat(this.one.get("/answers/" + second, NAME, token).statusCode()).isEqualTo(204);
	}

	@Test
	void requestsOfOneThreadShareNothing() {
		String token = write(this.ids.incrementAndGet());
		this.two.get("/answers/1", NAME, token);
		assertThat(this.two.get("/answers/" + this.ids.get()).statusCode()).isEqualTo(404);
	}

	@Test
	void absurdTokenIsCountedAndTheRequestAnswered() {
		double before = TwoInstances.count(this.instances.two, "db.router.tokens", "too-long");
		assertThat(this.two.get("/answers/1", NAME, "A".repeat(5000)).statusCode()).isEqualTo(204);
		assertThat(TwoInstances.count(this.instances.two, "db.router.tokens", "too-long")).isEqualTo(before + 1);
	}

	@Test
	void writeAfterTheHeadOfTheAnswerIsCountedAsLate() {
		double before = TwoInstances.count(this.instances.one, "db.router.tokens", "late");
		HttpResponse<String> response = this.one.post("/answers/late/" + this.ids.incrementAndGet());
		assertThat(response.headers().map()).doesNotContainKey(NAME);
		TwoInstances.eventually(() -> assertThat(TwoInstances.count(this.instances.one, "db.router.tokens", "late"))
			.isEqualTo(before + 1));
	}

	private String write(long id) {
		return this.one.post("/answers/text/" + id).headers().firstValue(NAME).orElseThrow();
	}

}
