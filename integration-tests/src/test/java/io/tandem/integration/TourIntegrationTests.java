package io.tandem.integration;

import java.io.BufferedReader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.tandem.cluster.Cluster;
import io.tandem.cluster.ClusterSettings;
import io.tandem.cluster.Node;
import io.tandem.cluster.tour.Tour;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * {@code ./tandem tour}: those stops that kill nothing, for the other tests do, and what
 * is left of a tour that was interrupted.
 */
@ExtendWith(SharedCluster.class)
class TourIntegrationTests {

	private long linksBefore;

	@BeforeEach
	void countLinks(TestCluster cluster) throws SQLException {
		this.linksBefore = linksOfTraffic(cluster);
	}

	@Test
	void tourTellsWhatWasMeasuredAndRestoresTheWeights(TestCluster cluster) throws Exception {
		cluster.awaitEqualShares();
		assertThat(operate(cluster, "web-app-1", "{\"weight\": 1}")).contains("\"setByOperator\":[\"weight\"]");
		Tour tour = Tour.begin(cluster.processes());
		try {
			assertThat(perform(tour, "Round robin")).contains(" 0 failed", "mysql-2 replica")
				.containsPattern("web-app-1 (49|50|51) %");
			assertThat(perform(tour, "Weights")).contains(" 0 failed").containsPattern("web-app-1 7[3-7] %");
			assertThat(perform(tour, "Read your writes")).startsWith("100 of 100 links were seen with the token");
			assertThat(tour.end().isGood()).isTrue();
		}
		finally {
			assertThat(tour.restore()).isEmpty();
		}
		for (String gateway : cluster.gatewayNames()) {
			assertThat(settings(cluster, gateway, "web-app-1")).contains("\"setByOperator\":[\"weight\"]")
				.contains("\"weight\":1");
			assertThat(settings(cluster, gateway, "web-app-2")).contains("\"setByOperator\":[]");
		}
		cluster.balancer("gateway-1", "DELETE", "/instances/web-app-1", "");
		assertNothingLeft(cluster);
	}

	@Test
	void interruptWhileThePrimaryComesBackLeavesItWritable(TestCluster cluster) throws Exception {
		Cluster processes = cluster.processes();
		Tour tour = Tour.begin(processes);
		CompletableFuture<String> stop = begin(tour, "The primary dies");
		awaitEnd(processes, Node.MYSQL_1);
		await("mysql-1 comes back").atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> processes.isRunning(Node.MYSQL_1));
		interruptAndRestore(tour, stop);
		assertNothingLeft(cluster);
	}

	@Test
	void interruptWhileAWebAppStopsLeavesItRunning(TestCluster cluster) throws Exception {
		Tour tour = Tour.begin(cluster.processes());
		CompletableFuture<String> stop = begin(tour, "Rolling restart");
		await("web-app-1 takes no requests").atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> isRefusing(cluster, "web-app-1"));
		interruptAndRestore(tour, stop);
		assertNothingLeft(cluster);
	}

	@Test
	void ctrlCEndsTheTourAtItsNextRestAndRestores(TestCluster cluster) throws Exception {
		Process tour = tour(cluster);
		awaitEnd(cluster.processes(), Node.WEB_APP_1);
		assertThat(new ProcessBuilder("kill", "-INT", Long.toString(tour.pid())).start().waitFor()).isZero();
		try (BufferedReader output = tour.inputReader()) {
			assertThat(output.lines().toList()).startsWith("1/7  Round robin")
				.endsWith("Interrupted.", "Restoring the cluster ...", "Everything is as it was.")
				.allSatisfy((line) -> assertThat(line).doesNotContain("\u001b", "tandem:", "4/7"));
		}
		assertThat(tour.waitFor(10, TimeUnit.SECONDS)).isTrue();
		assertThat(tour.exitValue()).isEqualTo(130);
		assertNothingLeft(cluster);
	}

	@Test
	void tourEndsWhenNobodyReadsItsOutput(TestCluster cluster) throws Exception {
		Process tour = tour(cluster);
		try (BufferedReader output = tour.inputReader()) {
			assertThat(output.readLine()).isEqualTo("1/7  Round robin");
		}
		assertThat(tour.waitFor(40, TimeUnit.SECONDS)).isTrue();
		assertThat(tour.exitValue()).isOne();
		assertNothingLeft(cluster);
	}

	/**
	 * As a person in a pipe would run it. Tests that run in the background of a shell
	 * ignore Ctrl+C, and whatever they start does too.
	 */
	private static Process tour(TestCluster cluster) throws IOException {
		ClusterSettings settings = cluster.processes().settings();
		ProcessBuilder command = new ProcessBuilder("env", "--default-signal=INT",
				settings.checkout().resolve("tandem").toString(), "tour")
			.redirectErrorStream(true);
		command.environment().put("TANDEM_STATE", settings.state().toAbsolutePath().toString());
		return command.start();
	}

	private static CompletableFuture<String> begin(Tour tour, String title) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return perform(tour, title);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	private static void interruptAndRestore(Tour tour, CompletableFuture<String> stop) {
		tour.interrupt();
		assertThatThrownBy(() -> stop.get(60, TimeUnit.SECONDS)).hasRootCauseInstanceOf(InterruptedException.class);
		assertThat(tour.restore()).isEmpty();
	}

	private static void awaitEnd(Cluster processes, Node node) {
		await(node + " dies").atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> !processes.isRunning(node));
	}

	private static boolean isRefusing(TestCluster cluster, String node) throws InterruptedException {
		try {
			return cluster.readiness(node) != 200;
		}
		catch (IOException ex) {
			return true;
		}
	}

	private void assertNothingLeft(TestCluster cluster) throws Exception {
		cluster.awaitWhole();
		assertThat(cluster.client().shorten("https://example.com/after-the-tour").statusCode()).isEqualTo(201);
		assertThat(linksOfTraffic(cluster)).isEqualTo(this.linksBefore);
	}

	private static long linksOfTraffic(TestCluster cluster) throws SQLException {
		try (Connection connection = cluster.connect("mysql-1");
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM tandem.link"
						+ " WHERE url LIKE 'https://example.com/load/%' OR url LIKE 'https://example.com/tour/%'")) {
			assertThat(row.next()).isTrue();
			return row.getLong(1);
		}
	}

	private static String operate(TestCluster cluster, String instance, String json) throws Exception {
		return cluster.balancer("gateway-1", "POST", "/instances/" + instance, json).body();
	}

	private static String settings(TestCluster cluster, String gateway, String instance) throws Exception {
		return cluster.balancer(gateway, "GET", "/instances/" + instance, "").body();
	}

	private static String perform(Tour tour, String title) throws Exception {
		return tour.stops()
			.stream()
			.filter((stop) -> stop.title().equals(title))
			.findFirst()
			.orElseThrow()
			.act()
			.perform();
	}

}
