package io.tandem.integration;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.tandem.cluster.NodeStatus;
import io.tandem.cluster.process.Command;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.chrome.ChromeDriver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The dashboard left open. Lasts 30 s, or as long as
 * {@code -Dtandem.dashboard-test.seconds=3600} says.
 */
@ExtendWith({ Chromium.class, SharedCluster.class })
class DashboardEnduranceIntegrationTests {

	private static final Duration DURATION = Duration.ofSeconds(Long.getLong("tandem.dashboard-test.seconds", 30));

	private static final int SAMPLES = 6;

	/** The page keeps this much of the past, and the browser grows until it is full. */
	private static final Duration CHARTS = Duration.ofMinutes(5);

	private static final long MEGABYTE = 1_000_000;

	private static final Pattern USED = Pattern.compile("used (\\d+)K");

	@Test
	void openDashboardKeepsTheHeapsFlat(ChromeDriver browser, TestCluster cluster) throws Exception {
		browser.get(Dashboard.uri(cluster).toString());
		Dashboard.awaitLive(browser);
		LinkClient client = cluster.client();
		List<Sample> samples = new ArrayList<>();
		try (Traffic<Integer> traffic = Traffic.of(20,
				() -> (System.nanoTime() % 5 == 0) ? client.shorten("https://example.com/hour").statusCode()
						: client.get("/api/links?limit=2").statusCode())) {
			for (int i = 0; i < SAMPLES; i++) {
				Duration step = DURATION.dividedBy(SAMPLES);
				await().pollDelay(step).atMost(step.plusMinutes(1)).until(() -> true);
				samples.add(sample(browser, cluster));
				System.out.println("DASHBOARD OPEN, after " + (i + 1) + "/" + SAMPLES + " of " + DURATION + ": "
						+ samples.getLast());
			}
			assertThat(traffic.stop()).allMatch(
					(outcome) -> outcome instanceof Traffic.Outcome.Answer<Integer> answer && answer.value() < 300);
		}
		int full = (int) Math.min(SAMPLES - 2, CHARTS.dividedBy(DURATION.dividedBy(SAMPLES)));
		Sample before = samples.get(full);
		Sample after = samples.getLast();
		assertThat(after.browser()).as("browser").isLessThan(before.browser() + 3 * MEGABYTE);
		assertThat(after.gateway()).as("gateway").isLessThan(before.gateway() + 3 * MEGABYTE);
		assertThat(after.elements()).as("elements of the page").isLessThan(before.elements() + 300);
	}

	private static Sample sample(ChromeDriver browser, TestCluster cluster) throws Exception {
		browser.executeCdpCommand("HeapProfiler.collectGarbage", Map.of());
		Object used = browser.executeCdpCommand("Runtime.getHeapUsage", Map.of()).get("usedSize");
		return new Sample(number(used), gatewayHeap(cluster),
				number(browser.executeScript("return document.querySelectorAll('*').length")));
	}

	private static long number(@Nullable Object value) {
		return ((Number) Objects.requireNonNull(value)).longValue();
	}

	private static long gatewayHeap(TestCluster cluster) throws Exception {
		NodeStatus status = cluster.processes()
			.status()
			.nodes()
			.stream()
			.filter((node) -> node.node().id().equals("gateway-1"))
			.findFirst()
			.orElseThrow();
		String pid = Long.toString(status.pid().orElseThrow());
		jcmd(pid, "GC.run");
		long kilobytes = jcmd(pid, "GC.heap_info").lines()
			.takeWhile((line) -> !line.contains("Metaspace"))
			.map(USED::matcher)
			.filter(Matcher::find)
			.mapToLong((used) -> Long.parseLong(used.group(1)))
			.sum();
		assertThat(kilobytes).isPositive();
		return kilobytes * 1024;
	}

	private static String jcmd(String pid, String order) throws IOException {
		String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
		return Command.run(Duration.ofSeconds(30), List.of(jcmd, pid, order)).output();
	}

	/**
	 * Bytes in use after a collection, and elements of the page.
	 */
	private record Sample(long browser, long gateway, long elements) {

		@Override
		public String toString() {
			return "browser %.1f MB, gateway %.1f MB, %d elements".formatted((double) this.browser / MEGABYTE,
					(double) this.gateway / MEGABYTE, this.elements);
		}

	}

}
