package io.tandem.webapp.link.web;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.tandem.webapp.Databases;
import io.tandem.webapp.Instance;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * The calls of the link shortener, over HTTP, on two instances and two databases.
 */
class LinksIntegrationTests {

	private static Instance first;

	private static Instance second;

	@BeforeAll
	static void start() {
		first = Instance.start(Databases.healthy(), "web-app-1");
		second = Instance.start(Databases.healthy(), "web-app-2");
	}

	@AfterAll
	static void stop() {
		first.close();
		second.close();
	}

	@Test
	void linkThatOneInstanceMadeIsFollowedOnTheOther() {
		HttpResponse<String> created = first.create("{\"url\":\"https://example.com/a?b=c#d\"}");
		assertThat(created.statusCode()).isEqualTo(201);
		JsonNode link = Instance.json(created);
		String code = link.get("code").asString();
		assertThat(code).matches("[0-9A-Za-z]{7}");
		assertThat(created.headers().firstValue("Location")).hasValue(first.address() + "/api/links/" + code);
		assertThat(created.headers().firstValue("X-Served-By")).hasValue("web-app-1");
		assertThat(link.get("shortUrl").asString()).isEqualTo(first.address() + "/" + code);
		assertThat(link.get("visits").asLong()).isZero();
		assertThat(Instant.parse(link.get("createdAt").asString())).isCloseTo(Instant.now(),
				within(Duration.ofMinutes(1)));
		assertThat(link.get("ownerKey").asString()).hasSize(43);

		Databases.awaitReplica();
		HttpResponse<String> followed = second.get("/" + code);
		assertThat(followed.statusCode()).isEqualTo(302);
		assertThat(followed.headers().firstValue("Location")).hasValue("https://example.com/a?b=c#d");
		assertThat(followed.headers().firstValue("Cache-Control")).hasValue("no-store");
		assertThat(followed.headers().firstValue("X-Served-By")).hasValue("web-app-2");
		assertThat(second.send("HEAD", "/" + code, "").statusCode()).isEqualTo(302);
	}

	@Test
	void readsUseTheReplicaAndWritesThePrimary() {
		HttpResponse<String> created = first.create("{\"url\":\"https://example.com/\"}");
		assertThat(created.headers().firstValue("Server-Timing")).get()
			.asString()
			.matches("db;desc=\"mysql-1 primary\";dur=\\d+\\.\\d;reason=read-write");
		Databases.awaitReplica();
		String code = Instance.json(created).get("code").asString();
		for (String path : List.of("/" + code, "/api/links/" + code, "/api/links", "/")) {
			assertThat(first.get(path).headers().firstValue("Server-Timing")).get()
				.asString()
				.matches("db;desc=\"mysql-2 replica\";dur=\\d+\\.\\d;reason=read-only");
		}
	}

	@Test
	void timeIsStoredInUtcAndOwnerKeyHashed() {
		JsonNode link = Instance.json(first.create("{\"url\":\"https://example.com/\"}"));
		String row = " FROM link WHERE code = '" + link.get("code").asString() + "'";
		assertThat(Databases.query(Databases.healthy().primary(),
				"SELECT DATE_FORMAT(created_at, '%Y-%m-%dT%H:%i:%s')" + row))
			.isEqualTo(link.get("createdAt").asString().substring(0, 19));
		assertThat(Databases.query(Databases.healthy().primary(),
				"SELECT owner_key_hash = UNHEX(SHA2('" + link.get("ownerKey").asString() + "', 256))" + row))
			.isEqualTo("1");
	}

	@Test
	void visitsOfBothInstancesAreAddedUp() {
		String code = create(first);
		Databases.awaitReplica();
		for (int i = 0; i < 7; i++) {
			first.get("/" + code);
			second.get("/" + code);
		}
		second.send("HEAD", "/" + code, "");
		Awaitility.await().untilAsserted(() -> assertThat(visits(code)).isEqualTo(14));
	}

	@Test
	void codesDifferInCaseAndCannotBeTakenTwice() {
		String code = "Case-" + UUID.randomUUID().toString().substring(0, 8) + "x";
		assertThat(createWithCode(first, code).statusCode()).isEqualTo(201);
		assertThat(createWithCode(second, code.toUpperCase(Locale.ROOT)).statusCode()).isEqualTo(201);
		HttpResponse<String> taken = createWithCode(second, code);
		assertProblem(taken, 409, "code-taken");
		assertThat(Instance.json(taken).get("detail").asString()).contains(code);
	}

	@Test
	void ownerAndNobodyElseDeletes() {
		JsonNode link = Instance.json(first.create("{\"url\":\"https://example.com/\"}"));
		String path = "/api/links/" + link.get("code").asString();
		HttpResponse<String> anonymous = second.send("DELETE", path, "");
		assertProblem(anonymous, 401, "owner-key-missing");
		assertThat(anonymous.headers().firstValue("WWW-Authenticate")).get().asString().startsWith("Bearer");
		assertProblem(second.send("DELETE", path, "", "Authorization", "Basic eDp5"), 401, "owner-key-missing");
		assertProblem(second.send("DELETE", path, "", "Authorization", "Bearer wrong"), 403, "wrong-owner-key");
		String bearer = "Bearer " + link.get("ownerKey").asString();
		assertProblem(second.send("DELETE", "/api/links/unknown-code", "", "Authorization", bearer), 404,
				"unknown-link");

		HttpResponse<String> deleted = second.send("DELETE", path, "", "Authorization", bearer);
		assertThat(deleted.statusCode()).isEqualTo(204);
		Databases.awaitReplica();
		assertProblem(first.get(path), 404, "unknown-link");
		assertProblem(second.send("DELETE", path, "", "Authorization", bearer), 404, "unknown-link");
	}

	@Test
	void pagesStayStableWhileLinksAreMade() {
		List<String> made = IntStream.range(0, 5).mapToObj((i) -> create(first)).toList();
		Databases.awaitReplica();
		HttpResponse<String> page = first.get("/api/links?limit=2");
		JsonNode body = Instance.json(page);
		List<String> seen = new ArrayList<>(codes(body));
		create(second);
		Databases.awaitReplica();
		while (seen.size() < 5) {
			assertThat(page.headers().firstValue("Link")).get()
				.asString()
				.contains("after=" + body.get("next").asString() + ">; rel=\"next\"");
			page = second.get("/api/links?limit=2&after=" + body.get("next").asString());
			body = Instance.json(page);
			seen.addAll(codes(body));
		}
		assertThat(seen.subList(0, 5)).isEqualTo(made.reversed());
	}

	@Test
	void lastPageHasNoNext() {
		create(first);
		Databases.awaitReplica();
		HttpResponse<String> page = first.get("/api/links?limit=100&after=1");
		assertThat(Instance.json(page).get("next").isNull()).isTrue();
		assertThat(page.headers().firstValue("Link")).isEmpty();
	}

	@Test
	void repeatedWishIsAnsweredWithTheSameLinkAndOwnerKey() {
		String key = UUID.randomUUID().toString();
		String body = "{\"url\":\"https://example.com/repeated\"}";
		HttpResponse<String> created = first.create(body, "Idempotency-Key", key);
		HttpResponse<String> replayed = second.create("{ \"url\" : \"https://example.com/repeated\" }",
				"Idempotency-Key", key);
		assertThat(replayed.statusCode()).isEqualTo(201);
		assertThat(replayed.headers().firstValue("Idempotency-Replayed")).hasValue("true");
		assertThat(created.headers().firstValue("Idempotency-Replayed")).isEmpty();
		for (String field : List.of("code", "url", "createdAt", "ownerKey")) {
			assertThat(Instance.json(replayed).get(field)).isEqualTo(Instance.json(created).get(field));
		}
		assertProblem(second.create("{\"url\":\"https://example.com/other\"}", "Idempotency-Key", key), 422,
				"idempotency-key-reused");
	}

	@Test
	void repeatedWishWithAWishedCodeIsNoConflict() {
		String key = UUID.randomUUID().toString();
		String body = "{\"url\":\"https://example.com/\",\"code\":\"w-" + key.substring(0, 8) + "\"}";
		assertThat(first.create(body, "Idempotency-Key", key).statusCode()).isEqualTo(201);
		assertThat(second.create(body, "Idempotency-Key", key).statusCode()).isEqualTo(201);
	}

	@Test
	void guessableIdempotencyKeyDoesNotShowTheOwnerKeyAgain() {
		String key = "order-" + UUID.randomUUID().toString().substring(0, 8);
		String body = "{\"url\":\"https://example.com/\"}";
		JsonNode created = Instance.json(first.create(body, "Idempotency-Key", key));
		JsonNode replayed = Instance.json(first.create(body, "Idempotency-Key", key));
		assertThat(replayed.get("code")).isEqualTo(created.get("code"));
		assertThat(created.has("ownerKey")).isTrue();
		assertThat(replayed.has("ownerKey")).isFalse();
	}

	@Test
	void concurrentWishesWithOneKeyMakeOneLink() throws Exception {
		String key = UUID.randomUUID().toString();
		Callable<HttpResponse<String>> onFirst = () -> first.create("{\"url\":\"https://example.com/once\"}",
				"Idempotency-Key", key);
		Callable<HttpResponse<String>> onSecond = () -> second.create("{\"url\":\"https://example.com/once\"}",
				"Idempotency-Key", key);
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Callable<HttpResponse<String>>> wishes = IntStream.range(0, 20)
				.mapToObj((i) -> (i % 2 == 0) ? onFirst : onSecond)
				.toList();
			List<Future<HttpResponse<String>>> answers = executor.invokeAll(wishes);
			assertThat(answers).allSatisfy((answer) -> assertThat(answer.get().statusCode()).isEqualTo(201));
			assertThat(answers.stream().map(LinksIntegrationTests::code).distinct()).hasSize(1);
			assertThat(answers.stream()
				.filter((answer) -> !answer.resultNow().headers().map().containsKey("idempotency-replayed")))
				.hasSize(1);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiterString = " -> ",
			value = { "{\"url\":\"javascript:alert(1)\"} -> 400 -> invalid-link", "{} -> 400 -> invalid-link",
					"{\"url\":\"https://example.com\",\"code\":\"api\"} -> 400 -> invalid-link",
					"{\"url\":\"https://u:p@example.com\"} -> 400 -> invalid-link",
					"{\"url\":\"https://example.com\",\"alias\":\"x\"} -> 400 -> malformed-body",
					"{\"url\":{}} -> 400 -> malformed-body", "{\"url\": -> 400 -> malformed-body",
					"[] -> 400 -> malformed-body", "null -> 400 -> malformed-body" })
	void badBodyIsExplained(String body, int status, String type) {
		HttpResponse<String> answer = first.create(body);
		assertProblem(answer, status, type);
		assertThat(answer.body()).doesNotContain("io.tandem", "jackson");
	}

	@Test
	void bodyIsBounded() {
		assertProblem(first.create("{\"url\":\"https://example.com/" + "a".repeat(20_000) + "\"}"), 413,
				"body-too-large");
	}

	@ParameterizedTest
	@CsvSource({ "/api/links?limit=0, 400", "/api/links?limit=101, 400", "/api/links?limit=x, 400",
			"/api/links?after=%20, 400", "/api/links/unknown-code, 404", "/unknown-code, 404", "/x, 404", "/a/b/c, 404",
			"/error, 404", "/actuator/health, 404" })
	void badRequestIsAProblem(String path, int status) {
		HttpResponse<String> answer = first.get(path);
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(Instance.json(answer).get("detail").asString()).isNotBlank();
	}

	@Test
	void wrongMethodTypeOrKeyIsAProblem() {
		HttpResponse<String> method = first.send("PUT", "/api/links", "{}", "Content-Type", "application/json");
		assertProblem(method, 405, null);
		assertThat(method.headers().firstValue("Allow")).isPresent();
		assertProblem(first.send("POST", "/api/links", "url=x", "Content-Type", "text/plain"), 415, null);
		assertProblem(first.create("{\"url\":\"https://example.com\"}", "Idempotency-Key", "x".repeat(256)), 400,
				"invalid-parameter");
	}

	@Test
	void publicAddressComesFromTheGateway() {
		HttpResponse<String> created = first.create("{\"url\":\"https://example.com/\"}", "X-Forwarded-Host",
				"short.example", "X-Forwarded-Proto", "https", "X-Forwarded-Port", "8443", "X-Forwarded-For",
				"203.0.113.7");
		assertThat(created.headers().firstValue("Location")).get().asString().startsWith("https://short.example:8443/");
		assertThat(Instance.json(created).get("shortUrl").asString()).startsWith("https://short.example:8443/");
	}

	private static void assertProblem(HttpResponse<String> answer, int status, @Nullable String type) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		JsonNode problem = Instance.json(answer);
		assertThat(problem.get("status").asInt()).isEqualTo(status);
		assertThat(problem.get("detail").asString()).isNotBlank();
		if (type != null) {
			assertThat(problem.get("type").asString()).isEqualTo("urn:tandem:problem:" + type);
		}
	}

	private static String create(Instance instance) {
		return Instance.json(instance.create("{\"url\":\"https://example.com/\"}")).get("code").asString();
	}

	private static HttpResponse<String> createWithCode(Instance instance, String code) {
		return instance.create("{\"url\":\"https://example.com/\",\"code\":\"" + code + "\"}");
	}

	private static String code(Future<HttpResponse<String>> answer) {
		return Instance.json(answer.resultNow()).get("code").asString();
	}

	private static long visits(String code) {
		return Instance.json(first.get("/api/links/" + code)).get("visits").asLong();
	}

	private static List<String> codes(JsonNode page) {
		return page.get("links").valueStream().map((link) -> link.get("code").asString()).toList();
	}

}
