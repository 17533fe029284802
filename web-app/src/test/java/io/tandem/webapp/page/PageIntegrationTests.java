package io.tandem.webapp.page;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.tandem.webapp.Databases;
import io.tandem.webapp.Instance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page as a browser without JavaScript sees it.
 */
class PageIntegrationTests {

	private static final String[] FORM = { "Content-Type", "application/x-www-form-urlencoded" };

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
	void pageSaysWhoServedAndFromWhereItRead() {
		assertThat(text(second.get("/"))).contains("served by web-app-2 · read from mysql-2 (replica)");
	}

	@Test
	void newLinkIsShownOnceByWhicheverInstanceComesNext() {
		HttpResponse<String> sent = submit(first, "https://example.com/form", "");
		assertThat(sent.statusCode()).isEqualTo(303);
		assertThat(sent.headers().firstValue("Location")).hasValue("/");

		HttpResponse<String> shown = second.get("/", "Cookie", cookie(sent));
		assertThat(shown.body()).contains("id=\"short-url\"", "https://example.com/form", "id=\"owner-key\"");
		assertThat(shown.headers().firstValue("Cache-Control")).hasValue("no-store");
		assertThat(shown.headers().firstValue("Set-Cookie")).get()
			.asString()
			.contains(Flash.COOKIE + "=;", "Max-Age=0");
		assertThat(first.get("/").body()).doesNotContain("id=\"short-url\"");
	}

	@Test
	void sendingTheFormTwiceMakesOneLink() {
		String body = form("https://example.com/twice", "") + "&key=" + UUID.randomUUID();
		assertThat(cookie(first.send("POST", "/", body, FORM))).isEqualTo(cookie(second.send("POST", "/", body, FORM)));
	}

	@Test
	void changedFormWithAnOldKeyMakesAnotherLink() {
		String key = "&key=" + UUID.randomUUID();
		HttpResponse<String> one = first.send("POST", "/", form("https://example.com/one", "") + key, FORM);
		HttpResponse<String> two = second.send("POST", "/", form("https://example.com/two", "") + key, FORM);
		assertThat(two.statusCode()).isEqualTo(303);
		assertThat(cookie(one)).isNotEqualTo(cookie(two));
	}

	@Test
	void faultsAreTiedToTheirFieldsAndNothingTypedIsLost() {
		HttpResponse<String> answer = submit(first, "ftp://example.com/\"><script>", "a b");
		assertThat(answer.statusCode()).isEqualTo(422);
		assertThat(answer.body())
			.contains("value=\"ftp://example.com/&quot;&gt;&lt;script&gt;\"", "value=\"a b\"",
					"aria-describedby=\"url-error\"", "id=\"url-error\"", "aria-describedby=\"code-error code-hint\"",
					"id=\"code-error\"", "Newest links")
			.doesNotContain("<script>");
	}

	@Test
	void takenCodeIsSaidAtItsField() {
		String code = "taken-" + UUID.randomUUID().toString().substring(0, 8);
		assertThat(submit(first, "https://example.com/", code).statusCode()).isEqualTo(303);
		HttpResponse<String> answer = submit(second, "https://example.com/", code);
		assertThat(answer.statusCode()).isEqualTo(409);
		assertThat(text(answer)).contains("The code " + code + " is taken.");
	}

	@Test
	void formOfAnotherSiteIsRefused() {
		HttpResponse<String> answer = first.send("POST", "/", form("https://example.com/", ""), FORM[0], FORM[1],
				"Sec-Fetch-Site", "cross-site");
		assertThat(answer.statusCode()).isEqualTo(403);
		assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
	}

	@Test
	void listLeadsToOlderLinks() {
		for (int i = 0; i < 11; i++) {
			first.create("{\"url\":\"https://example.com/older\"}");
		}
		Databases.awaitReplica();
		Matcher next = Pattern.compile("href=\"(/\\?after=[0-9a-z]+)\"").matcher(first.get("/").body());
		assertThat(next.find()).isTrue();
		assertThat(text(second.get(next.group(1)))).contains("Older links");
	}

	@Test
	void browserGetsAPageForAnUnknownLink() {
		HttpResponse<String> answer = first.get("/unknown-code", "Accept",
				"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(answer.headers().firstValue("Content-Type")).get().asString().startsWith("text/html");
		assertThat(answer.body()).contains("There is no link with the code unknown-code.", "/app.css");
	}

	@Test
	void browserIsToldToLoadOurOwnPartsOnly() {
		HttpResponse<String> page = first.get("/");
		assertThat(page.headers().firstValue("Content-Security-Policy")).get()
			.asString()
			.contains("default-src 'none'", "frame-ancestors 'none'")
			.doesNotContain("unsafe");
		assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
		assertThat(page.body()).doesNotContain("style=", "onclick", "<style");
	}

	@Test
	void assetsAreCachedForAWhileAndRevalidated() {
		for (String path : new String[] { "/app.css", "/app.js", "/favicon.svg", "/robots.txt" }) {
			HttpResponse<String> asset = first.get(path);
			assertThat(asset.statusCode()).as(path).isEqualTo(200);
			assertThat(asset.headers().firstValue("Cache-Control")).get().asString().contains("max-age=300");
			String tag = asset.headers().firstValue("ETag").orElseThrow();
			assertThat(second.get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
		}
	}

	private static HttpResponse<String> submit(Instance instance, String url, String code) {
		return instance.send("POST", "/", form(url, code), FORM);
	}

	private static String form(String url, String code) {
		return "url=" + URLEncoder.encode(url, StandardCharsets.UTF_8) + "&code="
				+ URLEncoder.encode(code, StandardCharsets.UTF_8);
	}

	private static String cookie(HttpResponse<String> answer) {
		String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
		return cookie.substring(0, cookie.indexOf(';'));
	}

	private static String text(HttpResponse<String> page) {
		return page.body().replaceAll("<[^>]+>", "").replace("&#39;", "'");
	}

}
