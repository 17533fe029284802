package io.tandem.integration;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import io.tandem.cluster.Node;
import io.tandem.integration.Traffic.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

import static io.tandem.integration.Dashboard.awaitLive;
import static io.tandem.integration.Dashboard.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The dashboard as an operator sees it, in a real browser against the whole cluster.
 */
@ExtendWith({ Chromium.class, SharedCluster.class })
class DashboardPageIntegrationTests {

	private static final String CUT_CAPTIONS = "return [...document.querySelectorAll('figcaption')]"
			+ ".filter((caption) => caption.scrollWidth > caption.clientWidth).map((caption) => caption.innerText)";

	@BeforeEach
	void open(ChromeDriver browser, TestCluster cluster) throws Exception {
		letServe(cluster);
		cluster.awaitEqualShares();
		browser.manage().deleteAllCookies();
		browser.manage().logs().get(LogType.BROWSER);
		browser.get(Dashboard.uri(cluster).toString());
		awaitLive(browser);
	}

	/** The next test, here or elsewhere, waits for both to serve. */
	@AfterEach
	void letServe(TestCluster cluster) throws Exception {
		cluster.balancer("gateway-1", "DELETE", "/instances/web-app-1", "");
		cluster.balancer("gateway-1", "DELETE", "/instances/web-app-2", "");
		cluster.balancer("gateway-1", "POST", "", "{\"algorithm\": \"round-robin\"}");
	}

	@AfterEach
	void pageRaisesNoErrorAndAsksNoOtherHost(ChromeDriver browser, TestCluster cluster) {
		assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
			// The stream of a page that is left ends.
			.filteredOn((entry) -> !entry.getMessage().contains("/dashboard/stream"))
			.filteredOn((entry) -> !entry.getMessage().contains("401"))
			.isEmpty();
		assertThat(strings(browser, "return performance.getEntriesByType('resource').map(({ name }) => name)"))
			.allMatch((name) -> name.startsWith(strings(browser, "return [location.origin]").getFirst() + "/"));
	}

	@Test
	void pictureShowsAllNodesWithTheirRolesAndWhatFlows(ChromeDriver browser, TestCluster cluster) {
		LinkClient client = cluster.client();
		try (Traffic<Integer> traffic = Traffic.of(40,
				() -> (System.nanoTime() % 4 == 0) ? client.shorten("https://example.com/picture").statusCode()
						: client.get("/api/links?limit=2").statusCode())) {
			for (String name : List.of("gateway-1", "gateway-2", "web-app-1", "web-app-2")) {
				await().atMost(Duration.ofSeconds(10)).until(() -> state(browser, name).equals("up"));
			}
			await().atMost(Duration.ofSeconds(10)).until(() -> state(browser, "mysql-1").equals("primary"));
			assertThat(state(browser, "mysql-2")).isEqualTo("replica");
			await("rates at the edges").atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
				String rates = String.join("\n", strings(browser,
						"return [...document.querySelectorAll('.rate')].map((rate) => rate.dataset.edge + ' ' + rate.textContent)"));
				assertThat(rates).containsPattern("g gateway-[12] > w web-app-1 [0-9.]+/s")
					.containsPattern("g gateway-[12] > w web-app-2 [0-9.]+/s")
					.containsPattern("w web-app-[12] > d mysql-1 .*[0-9.]+ w/s")
					.containsPattern("w web-app-[12] > d mysql-2 [0-9.]+ r/s")
					.containsPattern("d mysql-1 > d mysql-2 lag [0-9.]+ m?s");
			});
			assertThat(browser.findElements(By.cssSelector(".uplot canvas"))).hasSize(4);
			await().atMost(Duration.ofSeconds(5))
				.until(() -> text(browser, "now-latency").matches("(?s)p50 [0-9.]+ m?s\\s+p99 [0-9.]+ m?s"));
			assertThat(strings(browser, CUT_CAPTIONS)).isEmpty();
			traffic.stop();
		}
	}

	@Test
	void sliderAtThreeToOneSplitsTheNextFourHundredRequestsExactly(ChromeDriver browser, TestCluster cluster)
			throws Exception {
		logIn(browser, cluster);
		WebElement slider = browser.findElement(By.cssSelector("[data-instance=web-app-1] input[type=range]"));
		slider.sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
		await().atMost(Duration.ofSeconds(5)).until(() -> text(browser, "said").equals("web-app-1 has weight 3."));
		awaitWeight(cluster, 3);
		LinkClient client = cluster.client();
		Map<String, Integer> split = new TreeMap<>();
		for (int i = 0; i < 400; i++) {
			split.merge(LinkClient.servedBy(client.get("/api/links?limit=1")), 1, Integer::sum);
		}
		assertThat(split).containsExactly(Map.entry("web-app-1", 300), Map.entry("web-app-2", 100));
		await("the event").atMost(Duration.ofSeconds(3))
			.until(() -> text(browser, "events").contains("admin: web-app-1: weight 3"));
	}

	@Test
	void everyWeightCanBeTypedAndTakenBack(ChromeDriver browser, TestCluster cluster) {
		logIn(browser, cluster);
		WebElement number = browser.findElement(By.cssSelector("[data-instance=web-app-1] input[type=number]"));
		WebElement slider = browser.findElement(By.cssSelector("[data-instance=web-app-1] input[type=range]"));
		for (int weight : List.of(100, 5, 256)) {
			number.sendKeys(Keys.chord(Keys.CONTROL, "a"), String.valueOf(weight), Keys.ENTER);
			awaitWeight(cluster, weight);
			await().atMost(Duration.ofSeconds(5))
				.until(() -> Objects.equals(slider.getDomProperty("value"), String.valueOf(weight)));
		}
		number.sendKeys(Keys.chord(Keys.CONTROL, "a"), "257", Keys.ENTER);
		browser.findElement(By.cssSelector("[data-instance=web-app-1] .foot button")).click();
		awaitWeight(cluster, 1);
		await().atMost(Duration.ofSeconds(5)).until(() -> Objects.equals(number.getDomProperty("value"), "1"));
		assertThat(slider.getDomProperty("max")).isEqualTo("10");
	}

	@Test
	void lastInstanceIsTakenAwayOnlyOnConfirmationAndTheOutageShows(ChromeDriver browser, TestCluster cluster)
			throws Exception {
		logIn(browser, cluster);
		press(browser, "web-app-1", "maintenance");
		By button = By.cssSelector("[data-instance=web-app-2] [data-state=maintenance]");
		By question = By.id("confirm");
		browser.findElement(button).sendKeys(Keys.ENTER);
		assertThat(browser.findElement(question).getText()).contains("No other instance than web-app-2 is ready",
				"Every request will be refused");
		browser.switchTo().activeElement().sendKeys(Keys.ESCAPE);
		await().atMost(Duration.ofSeconds(5)).until(() -> !browser.findElement(question).isDisplayed());
		assertThat(browser.switchTo().activeElement()).isEqualTo(browser.findElement(button));
		assertThat(cluster.client().get("/api/links?limit=1").statusCode()).isEqualTo(200);
		browser.findElement(button).sendKeys(Keys.ENTER);
		browser.switchTo().activeElement().sendKeys(Keys.TAB);
		browser.switchTo().activeElement().sendKeys(Keys.ENTER);
		await().atMost(Duration.ofSeconds(5))
			.until(() -> text(browser, "summary").startsWith("Nobody serves: every request is refused."));
		LinkClient client = cluster.client();
		try (Traffic<Integer> traffic = Traffic.of(40, () -> client.get("/api/links?limit=1").statusCode())) {
			await().atMost(Duration.ofSeconds(10))
				.until(() -> text(browser, "now-errors").matches("[1-9][0-9.]*/s")
						&& text(browser, "now-requests").matches("[1-9][0-9.]*/s"));
			traffic.stop();
		}
		press(browser, "web-app-1", "ready");
		await().atMost(Duration.ofSeconds(5)).until(() -> !text(browser, "summary").startsWith("Nobody"));
	}

	@Test
	void lostLoginIsSaid(ChromeDriver browser, TestCluster cluster) {
		logIn(browser, cluster);
		browser.manage().deleteAllCookies();
		browser.findElement(By.cssSelector("[data-instance=web-app-1] [data-state=standby]")).click();
		await().atMost(Duration.ofSeconds(5))
			.until(() -> browser.findElement(By.id("said")).getText().equals("You are no longer logged in."));
		assertThat(browser.findElement(By.id("login")).isDisplayed()).isTrue();
	}

	@Test
	void killedWebAppChangesItsNodeWithinTwoSeconds(ChromeDriver browser, TestCluster cluster) {
		await().atMost(Duration.ofSeconds(5)).until(() -> state(browser, "web-app-1").equals("up"));
		long begin = System.nanoTime();
		cluster.kill("web-app-1");
		await().pollInterval(Duration.ofMillis(20))
			.atMost(Duration.ofSeconds(10))
			.until(() -> state(browser, "web-app-1").equals("down"));
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
		assertThat(text(browser, "summary")).contains("web-app-1: down");
		await().atMost(Duration.ofSeconds(3)).until(() -> text(browser, "events").contains("web-app-1 is down"));
	}

	@Test
	void deadDatabaseAndDeadGatewayShow(ChromeDriver browser, TestCluster cluster) {
		logIn(browser, cluster);
		browser.findElement(By.cssSelector(".in-words summary")).click();
		By last = By.cssSelector("#nodes tr:nth-child(6) th");
		await().atMost(Duration.ofSeconds(5)).until(() -> !browser.findElements(last).isEmpty());
		WebElement name = browser.findElement(last);
		cluster.kill("mysql-2");
		await().atMost(Duration.ofSeconds(10)).until(() -> state(browser, "mysql-2").equals("down"));
		assertThat(text(browser, "nodes")).containsPattern("mysql-2\\s+database\\s+down");
		assertThat(name.getText()).as("left alone where nothing changed").isEqualTo("mysql-2");
		cluster.kill("gateway-2");
		await().atMost(Duration.ofSeconds(10)).until(() -> state(browser, "gateway-2").equals("no answer"));
		press(browser, "web-app-1", "drain");
		await().atMost(Duration.ofSeconds(10))
			.until(() -> progress(browser, "web-app-1")
				.equals("Draining: nothing in flight here, but gateway-2 does not "
						+ "answer: ask there before you stop this"));
	}

	@Test
	void drainingUnderLoadFailsNoRequestAndSaysWhenToStop(ChromeDriver browser, TestCluster cluster) throws Exception {
		logIn(browser, cluster);
		LinkClient client = cluster.client();
		try (Traffic<Integer> traffic = Traffic.of(50, () -> client.get("/api/links?limit=1").statusCode())) {
			traffic.awaitMore(50);
			press(browser, "web-app-1", "drain");
			await().atMost(Duration.ofSeconds(15))
				.until(() -> progress(browser, "web-app-1").equals("Draining: nothing in flight: safe to stop"));
			assertThat(state(browser, "web-app-1")).isEqualTo("draining");
			cluster.kill("web-app-1");
			traffic.awaitMore(50);
			cluster.start("web-app-1");
			press(browser, "web-app-1", "ready");
			await().atMost(Duration.ofSeconds(15)).until(() -> state(browser, "web-app-1").startsWith("up"));
			traffic.awaitMore(50);
			assertThat(traffic.stop()).isNotEmpty()
				.allMatch((outcome) -> outcome instanceof Outcome.Answer<Integer> answer && answer.value() == 200);
		}
	}

	@Test
	void algorithmChangesForBothGateways(ChromeDriver browser, TestCluster cluster) throws Exception {
		logIn(browser, cluster);
		browser.findElement(By.id("algorithm")).sendKeys("least");
		browser.findElement(By.id("algorithm")).sendKeys(Keys.TAB);
		await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
			for (String gateway : cluster.gatewayNames()) {
				assertThat(cluster.balancer(gateway, "GET", "", "").body())
					.contains("\"algorithm\":\"least-connections\"");
			}
		});
		browser.executeScript("document.getElementById('algorithm').focus()");
		cluster.balancer("gateway-2", "POST", "", "{\"algorithm\": \"ip-hash\"}");
		await("the focused field follows").atMost(Duration.ofSeconds(10))
			.until(() -> Objects.equals(browser.findElement(By.id("algorithm")).getDomProperty("value"), "ip-hash"));
		assertThat(browser.switchTo().activeElement()).isEqualTo(browser.findElement(By.id("algorithm")));
	}

	@Test
	void requestExplainsItselfDownToTheDatabase(ChromeDriver browser, TestCluster cluster) throws Exception {
		logIn(browser, cluster);
		for (int i = 0; i < 10; i++) {
			cluster.client().get("/api/links?limit=1");
			cluster.client().get("/%3Cimg%20src=x%20onerror=alert(1)%3E");
		}
		await().atMost(Duration.ofSeconds(10)).until(() -> {
			browser.findElement(By.id("look")).click();
			return text(browser, "picks").contains("/api/links");
		});
		browser.executeScript("[...document.querySelectorAll('#picks button')]"
				+ ".find((pick) => pick.textContent.includes('/api/links')).click()");
		assertThat(text(browser, "pick"))
			.contains("Chosen because", "the turn of web-app-", "web-app-1: weight 1", "web-app-2: weight 1",
					"answered 200")
			.containsPattern("mysql-2 replica, [0-9.]+ ms: a read-only transaction goes to a replica");
		assertThat(browser.findElements(By.cssSelector("#why img, #why script"))).isEmpty();
	}

	@Test
	void wrongPasswordIsExplainedAndTheLinkWorksOnce(ChromeDriver browser, TestCluster cluster) {
		browser.findElement(By.id("password")).sendKeys("wrong", Keys.ENTER);
		await().atMost(Duration.ofSeconds(5))
			.until(() -> text(browser, "login-error").equals("Wrong name or password."));
		String path = cluster.processes().loginPath(Node.of("gateway-1").orElseThrow()).orElseThrow();
		// In a page that is open already this changes the fragment alone and loads
		// nothing.
		browser.get(Dashboard.uri(cluster).resolve(path).toString());
		await().atMost(Duration.ofSeconds(5)).until(() -> browser.findElement(By.id("controls")).isDisplayed());
		assertThat(browser.getCurrentUrl()).isEqualTo(Dashboard.uri(cluster).toString());
		browser.findElement(By.id("logout")).click();
		await().atMost(Duration.ofSeconds(5)).until(() -> browser.findElement(By.id("login")).isDisplayed());
		browser.get("about:blank");
		browser.get(Dashboard.uri(cluster).resolve(path).toString());
		await().atMost(Duration.ofSeconds(5))
			.until(() -> text(browser, "login-error").startsWith("This link was used before"));
	}

	@Test
	void lostConnectionSaysSoAndReturns(ChromeDriver browser, TestCluster cluster) {
		cluster.kill("gateway-1");
		await().atMost(Duration.ofSeconds(10)).until(() -> text(browser, "connection").contains("connection lost"));
		assertAccessible(browser, "connection lost");
		cluster.start("gateway-1");
		await().atMost(Duration.ofSeconds(30)).until(() -> text(browser, "connection").equals("live"));
	}

	@Test
	void namesWithMarkupAreInert(ChromeDriver browser, TestCluster cluster) throws Exception {
		int port = freePort();
		Process gateway = hostileGateway(cluster, port);
		try {
			await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
				browser.get("http://127.0.0.1:" + port + "/");
				return !text(browser, "connection").equals("null");
			});
			awaitLive(browser);
			await().atMost(Duration.ofSeconds(10))
				.until(() -> !strings(browser,
						"return [...document.querySelectorAll('[data-node]')].map((node) => node.dataset.node)")
					.stream()
					.filter((name) -> name.contains("<script>"))
					.toList()
					.isEmpty());
			assertThat(text(browser, "events")).contains("<script>");
			assertThat(browser.findElement(By.id("not-changeable")).isDisplayed()).isTrue();
			assertThat(browser.findElements(By.cssSelector("main script, main img"))).isEmpty();
		}
		finally {
			gateway.destroyForcibly();
			gateway.waitFor(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void pageHasNoAccessibilityViolation(ChromeDriver browser, TestCluster cluster) throws Exception {
		assertAccessible(browser, "logged out");
		logIn(browser, cluster);
		cluster.client().get("/api/links?limit=1");
		browser.findElement(By.cssSelector(".in-words summary")).click();
		await().atMost(Duration.ofSeconds(5)).until(() -> {
			browser.findElement(By.id("look")).click();
			return !browser.findElements(By.cssSelector("#picks button")).isEmpty();
		});
		browser.executeScript("document.querySelector('#picks button').click()");
		assertAccessible(browser, "logged in, with a pick");
	}

	@Test
	void labelsOfThreeDatabasesLieOnNothing(ChromeDriver browser) {
		for (int width : List.of(1100, 900, 768, 360)) {
			Chromium.atWidth(browser, width,
					() -> assertThat(ThreeDatabases.faults(browser)).as(width + " px").isEmpty());
		}
	}

	@Test
	void pageFitsNarrowScreens(ChromeDriver browser, TestCluster cluster) {
		logIn(browser, cluster);
		Chromium.assertFitsNarrowScreen(browser,
				() -> await().atMost(Duration.ofSeconds(5))
					.until(() -> strings(browser, "return [document.querySelector('.cluster').getAttribute('viewBox')]")
						.getFirst()
						.matches("0 0 [23]\\d\\d .*")));
		assertThat(strings(browser, CUT_CAPTIONS)).isEmpty();
	}

	@Test
	void screenshotForTheReadme(ChromeDriver browser, TestCluster cluster) throws Exception {
		colorScheme(browser, "light");
		logIn(browser, cluster);
		LinkClient client = cluster.client();
		LinkClient other = cluster.client();
		String code = client.create("https://example.com/screenshot");
		cluster.awaitReplicaCaughtUp();
		try (Traffic<Integer> traffic = Traffic.of(40, () -> (System.nanoTime() % 6 == 0)
				? client.shorten("https://example.com/more").statusCode() : other.get("/" + code).statusCode())) {
			traffic.awaitMore(600);
			press(browser, "web-app-2", "drain");
			traffic.awaitMore(200);
			press(browser, "web-app-2", "ready");
			traffic.awaitMore(600);
			browser.findElement(By.id("look")).click();
			await().atMost(Duration.ofSeconds(5))
				.until(() -> !browser.findElements(By.cssSelector("#picks button")).isEmpty());
			browser.findElement(By.cssSelector("#picks button")).click();
			assertThat(strings(browser, CUT_CAPTIONS)).isEmpty();
			Screenshots.take(browser, "dashboard.png", 1100, 1880);
			traffic.stop();
		}
	}

	private static void logIn(ChromeDriver browser, TestCluster cluster) {
		try {
			browser.findElement(By.id("password"))
				.sendKeys(Files.readString(cluster.processes().gatewayPassword()), Keys.ENTER);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		await().atMost(Duration.ofSeconds(5))
			.until(() -> browser.findElements(By.cssSelector("[data-instance]")).size() == 2
					&& browser.findElement(By.id("controls")).isDisplayed());
	}

	private static void press(ChromeDriver browser, String instance, String state) {
		By button = By.cssSelector("[data-instance=" + instance + "] [data-state=" + state + "]");
		browser.findElement(button).click();
		await().atMost(Duration.ofSeconds(5))
			.until(() -> Objects.equals(browser.findElement(button).getDomAttribute("aria-pressed"), "true"));
	}

	private static String progress(ChromeDriver browser, String instance) {
		return browser.findElement(By.cssSelector("[data-instance=" + instance + "] .progress")).getText();
	}

	/** Of a node in the picture; read at once, because each second brings a new one. */
	private static String state(ChromeDriver browser, String node) {
		return String.valueOf(browser.executeScript(
				"return document.querySelector('[data-node=\"' + arguments[0] + '\"]')?.dataset.state", node));
	}

	private static void awaitWeight(TestCluster cluster, int weight) {
		await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
			for (String gateway : cluster.gatewayNames()) {
				assertThat(cluster.balancer(gateway, "GET", "/instances/web-app-1", "").body())
					.contains("\"weight\":" + weight);
			}
		});
	}

	private static List<String> strings(ChromeDriver browser, String script) {
		return (browser.executeScript(script) instanceof List<?> list) ? list.stream().map(String::valueOf).toList()
				: List.of();
	}

	private static void assertAccessible(ChromeDriver browser, String what) {
		for (String scheme : List.of("light", "dark")) {
			colorScheme(browser, scheme);
			List<Rule> violations = new AxeBuilder().analyze(browser).getViolations();
			assertThat(violations).as(what + ", " + scheme).isEmpty();
		}
		colorScheme(browser, "light");
	}

	private static void colorScheme(ChromeDriver browser, String scheme) {
		browser.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
	}

	/** A gateway of its own over the cluster's web-apps, whose names are markup. */
	private static Process hostileGateway(TestCluster cluster, int port) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
						"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", gatewayJar().toString()));
		command.add("--server.address=127.0.0.1");
		command.add("--server.port=" + freePort());
		command.add("--management.server.port=" + port);
		command.add("--tandem.gateway.https.enabled=false");
		command.add("--tandem.node-name=<script>alert('node')</script>");
		for (int i = 0; i < 2; i++) {
			Node node = Node.of("web-app-" + (i + 1)).orElseThrow();
			String prefix = "--spring.cloud.discovery.client.simple.instances.web-app[" + i + "].";
			command
				.add(prefix + "instance-id=<script>alert('instance " + i + "')</script><img src=x onerror=alert(1)>");
			command.add(prefix + "uri=http://127.0.0.1:" + cluster.processes().httpUri(node).getPort());
			command.add(prefix + "metadata.management-port=" + cluster.processes().managementUri(node).getPort());
		}
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(Path.of("target", "hostile-gateway.log").toFile())
			.start();
	}

	private static Path gatewayJar() throws IOException {
		try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of("..", "gateway", "target"),
				"gateway-*-exec.jar")) {
			return jars.iterator().next();
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
