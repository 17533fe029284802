package io.tandem.integration;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The page as a person sees it, in a real browser against the whole cluster.
 */
@ExtendWith({ Chromium.class, SharedCluster.class })
class PageIntegrationTests {

	@BeforeEach
	void open(ChromeDriver browser, TestCluster cluster) {
		browser.get(cluster.uri().toString());
	}

	@AfterEach
	void scriptsAndPoliciesRaiseNoError(ChromeDriver browser) {
		assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
			.filteredOn((entry) -> entry.getMessage().contains("Content Security Policy")
					|| entry.getMessage().contains("Uncaught"))
			.isEmpty();
	}

	@Test
	void personShortensLinkAndSeesWhoServedIt(ChromeDriver browser, TestCluster cluster) throws Exception {
		shorten(browser, "https://example.com/a/long/address?that=nobody&wants=to+type");
		String shortUrl = attribute(browser, "short-url", "href");
		assertThat(shortUrl).startsWith(cluster.uri().toString());
		assertThat(browser.findElement(By.id("owner-key")).getText()).isNotBlank();
		assertThat(browser.findElement(By.id("served")).getText())
			.matches("served by web-app-[12] · read from mysql-2 \\(replica\\)");
		assertThat(cluster.client().get(URI.create(shortUrl).getPath()).headers().firstValue("Location"))
			.contains("https://example.com/a/long/address?that=nobody&wants=to+type");
		cluster.awaitReplicaCaughtUp();
		browser.get(cluster.uri().toString());
		assertThat(browser.findElement(By.id("links")).getText()).contains(shortUrl.replaceFirst("https?://", ""));
	}

	@Test
	void reloadingChangesTheInstance(ChromeDriver browser, TestCluster cluster) {
		// Favicon and script are requests too, so that reloads need not alternate.
		await().atMost(Duration.ofSeconds(20)).until(() -> reload(browser).contains("web-app-1"));
		await().atMost(Duration.ofSeconds(20)).until(() -> reload(browser).contains("web-app-2"));
	}

	@Test
	void wholeFormCanBeUsedWithTheKeyboardAlone(ChromeDriver browser) {
		WebElement url = browser.findElement(By.id("url"));
		url.sendKeys("https://example.com/keyboard");
		assertThat(browser.switchTo().activeElement()).isEqualTo(url);
		url.sendKeys(Keys.ENTER);
		await().atMost(Duration.ofSeconds(10)).until(() -> !browser.findElements(By.id("short-url")).isEmpty());
	}

	@Test
	void mistakeIsExplainedNextToItsFieldAndTheInputIsKept(ChromeDriver browser) {
		browser.findElement(By.id("url")).sendKeys("ftp://example.com/file");
		browser.findElement(By.cssSelector("form button[type=submit]")).click();
		await().atMost(Duration.ofSeconds(10)).until(() -> !browser.findElements(By.id("url-error")).isEmpty());
		assertThat(attribute(browser, "url", "value")).isEqualTo("ftp://example.com/file");
		assertThat(attribute(browser, "url", "aria-describedby")).contains("url-error");
		assertThat(browser.findElement(By.id("url-error")).getText()).contains("http");
	}

	@Test
	void markupInUrlsIsInert(ChromeDriver browser, TestCluster cluster) throws Exception {
		cluster.client().shorten("https://example.com/?q=%3Cscript%3Ealert(1)%3C/script%3E'\"><img src=x>");
		cluster.client().create("https://example.com/?q='-alert(1)-'");
		cluster.awaitReplicaCaughtUp();
		browser.get(cluster.uri().toString());
		assertThat(browser.findElements(By.cssSelector("#links script, #links img"))).isEmpty();
	}

	@Test
	void pageHasNoAccessibilityViolation(ChromeDriver browser, TestCluster cluster) {
		shorten(browser, "https://example.com/accessible");
		for (String scheme : List.of("light", "dark")) {
			colorScheme(browser, scheme);
			List<Rule> violations = new AxeBuilder().analyze(browser).getViolations();
			assertThat(violations).as(scheme).isEmpty();
		}
	}

	@Test
	void pageFitsNarrowScreens(ChromeDriver browser, TestCluster cluster) {
		shorten(browser, "https://example.com/" + "narrow".repeat(40));
		Chromium.assertFitsNarrowScreen(browser, () -> {
		});
	}

	@Test
	void pageWorksWithoutJavaScript(ChromeDriver browser, TestCluster cluster) {
		browser.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
		try {
			browser.get(cluster.uri().toString());
			shorten(browser, "https://example.com/without-script");
			assertThat(browser.findElement(By.id("short-url")).getText()).isNotBlank();
		}
		finally {
			browser.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", false));
		}
	}

	@Test
	void pageStaysReadableAndKeepsTheInputWhileThePrimaryIsDown(ChromeDriver browser, TestCluster cluster)
			throws Exception {
		cluster.client().create("https://example.com/still-listed");
		cluster.awaitReplicaCaughtUp();
		cluster.kill("mysql-1");
		browser.get(cluster.uri().toString());
		browser.findElement(By.id("url")).sendKeys("https://example.com/later");
		browser.findElement(By.cssSelector("form button[type=submit]")).click();
		await().atMost(Duration.ofSeconds(10))
			.until(() -> !browser.findElements(By.cssSelector("[role=alert]")).isEmpty());
		assertThat(attribute(browser, "url", "value")).isEqualTo("https://example.com/later");
		assertThat(browser.findElement(By.id("links")).getText()).contains("https://example.com/still-listed");
	}

	@Test
	void screenshotForTheReadme(ChromeDriver browser, TestCluster cluster) throws Exception {
		for (String url : List.of("https://dev.mysql.com/doc/refman/9.7/en/replication-semisync.html",
				"https://docs.spring.io/spring-cloud-gateway/reference/",
				"https://en.wikipedia.org/wiki/Single_point_of_failure")) {
			cluster.client().create(url);
		}
		cluster.awaitReplicaCaughtUp();
		colorScheme(browser, "light");
		browser.get(cluster.uri().toString());
		shorten(browser, "https://en.wikipedia.org/wiki/Tandem_bicycle");
		Screenshots.take(browser, "link-page.png", 1100, 1300);
	}

	private static void colorScheme(ChromeDriver browser, String scheme) {
		browser.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
	}

	private static void shorten(ChromeDriver browser, String url) {
		browser.findElement(By.id("url")).sendKeys(url);
		browser.findElement(By.cssSelector("form button[type=submit]")).click();
		await().atMost(Duration.ofSeconds(10)).until(() -> !browser.findElements(By.id("short-url")).isEmpty());
	}

	private static String attribute(ChromeDriver browser, String id, String name) {
		return Objects.requireNonNull(browser.findElement(By.id(id)).getAttribute(name));
	}

	private static String reload(ChromeDriver browser) {
		browser.navigate().refresh();
		return browser.findElement(By.id("served")).getText();
	}

}
