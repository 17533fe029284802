package io.tandem.integration;

import java.net.URI;
import java.time.Duration;

import io.tandem.cluster.Node;
import org.openqa.selenium.chrome.ChromeDriver;

import static org.awaitility.Awaitility.await;

/**
 * The first gateway's dashboard in a browser.
 */
final class Dashboard {

	private Dashboard() {
	}

	static URI uri(TestCluster cluster) {
		return cluster.processes().managementUri(Node.of("gateway-1").orElseThrow());
	}

	static void awaitLive(ChromeDriver browser) {
		await().atMost(Duration.ofSeconds(15)).until(() -> text(browser, "connection").equals("live"));
	}

	static String text(ChromeDriver browser, String id) {
		return String
			.valueOf(browser.executeScript("return document.getElementById(arguments[0])?.innerText.trim()", id));
	}

}
