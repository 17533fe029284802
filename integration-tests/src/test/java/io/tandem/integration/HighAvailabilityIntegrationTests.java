package io.tandem.integration;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.tandem.integration.Traffic.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Breaks a cluster whose database is a replication group of three and, in containers,
 * whose gateways share an address. MySQL elects, db-router follows, keepalived moves the
 * address, and all goes on without anybody's doing.
 * {@code -Dtandem.test.primary-kills=10 -Dtandem.test.writes-per-second=100} and
 * {@code -Dtandem.test.gateway-kills=10} are the measurements of docs/performance.md, and
 * need the machine for themselves.
 */
@Tag("containers")
@ExtendWith(ContainerEngine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HighAvailabilityIntegrationTests {

	private static final int KILLS = Integer.getInteger("tandem.test.primary-kills", 2);

	private static final int GATEWAY_KILLS = Integer.getInteger("tandem.test.gateway-kills", 3);

	private static final int WRITES_PER_SECOND = Integer.getInteger("tandem.test.writes-per-second", 20);

	private static final Duration WRITES_RESUME_WITHIN = Duration.ofSeconds(10);

	private static final Duration TWO_EVALUATIONS = Duration.ofSeconds(10);

	private static final Duration ADDRESS_MOVES_WITHIN = Duration.ofSeconds(1);

	private final TestCluster cluster = TestCluster.startHighlyAvailable();

	private int tests;

	@BeforeEach
	void heal() {
		this.cluster.heal();
		this.tests++;
	}

	@AfterAll
	void stop() {
		this.cluster.close();
		System.out.println("HIGH AVAILABILITY TESTS ON " + this.cluster.kind() + ": " + this.tests);
	}

	@Test
	void writesResumeByThemselvesAfterEachLossOfThePrimaryAndNoReadFails() throws Exception {
		try (Traffic<Integer> reads = Reads.of(this.cluster);
				Writes writes = new Writes(this.cluster, WRITES_PER_SECOND)) {
			for (int kill = 0; kill < KILLS; kill++) {
				writes.awaitMore(2 * WRITES_PER_SECOND);
				String lost = this.cluster.primary();
				boolean hang = kill % 2 == 1;
				Runnable loss = hang ? () -> this.cluster.suspend(lost) : () -> this.cluster.kill(lost);
				Duration resumed = writes.resumedAfter(loss);
				System.out.println("FIGURE " + (hang ? "SIGSTOP" : "kill -9") + " of the group's primary " + lost
						+ ": first write after " + resumed.toMillis() + " ms");
				assertThat(resumed).isLessThan(WRITES_RESUME_WITHIN);
				assertThat(this.cluster.primary()).isNotEqualTo(lost);
				if (hang) {
					this.cluster.resume(lost);
					assertThat(this.cluster.primary()).as("it has not noticed yet").isNotEqualTo(lost);
				}
				else {
					this.cluster.start(lost);
				}
				this.cluster.awaitWhole();
			}
			writes.awaitMore(WRITES_PER_SECOND);
			writes.stop();
			System.out.println("FIGURE " + KILLS + " losses of the primary: acknowledged writes "
					+ writes.acknowledged() + ", others " + writes.failures().size());
			writes.assertAllAcknowledgedArePresent();
			assertThat(Reads.failed(reads.stop())).isEmpty();
		}
	}

	@Test
	void plannedPromotionUnderLoadLosesNothing() throws Exception {
		String next = this.cluster.databaseNames()
			.stream()
			.filter((name) -> !name.equals(this.cluster.primary()))
			.findFirst()
			.orElseThrow();
		try (Traffic<Integer> reads = Reads.of(this.cluster);
				Writes writes = new Writes(this.cluster, WRITES_PER_SECOND)) {
			writes.awaitMore(WRITES_PER_SECOND);
			writes.resumedAfter(() -> this.cluster.promote(next));
			assertThat(this.cluster.primary()).isEqualTo(next);
			writes.awaitMore(WRITES_PER_SECOND);
			assertThat(Reads.failed(reads.stop())).isEmpty();
			writes.stop();
			System.out.println("FIGURE planned promotion in a group: slowest write " + writes.slowest().toMillis()
					+ " ms, failed writes " + writes.failures().size());
			assertThat(writes.statuses()).isSubsetOf(201, 503);
			writes.assertAllAcknowledgedArePresent();
		}
	}

	/** Two of three are the majority; all three have to begin anew. */
	@ParameterizedTest
	@ValueSource(ints = { 2, 3 })
	void lossOfTheMajorityLosesNothing(int members) throws Exception {
		String primary = this.cluster.primary();
		List<String> lost = Stream
			.concat(Stream.of(primary),
					this.cluster.databaseNames().stream().filter((database) -> !database.equals(primary)))
			.limit(members)
			.toList();
		try (Writes writes = new Writes(this.cluster, WRITES_PER_SECOND)) {
			writes.awaitMore(WRITES_PER_SECOND);
			lost.forEach(this.cluster::kill);
			Duration resumed = writes.resumedAfter(this.cluster::heal);
			System.out.println("FIGURE outage of " + members + " members of a group: first write " + resumed.toMillis()
					+ " ms after it was healed");
			writes.stop();
			writes.assertAllAcknowledgedArePresent();
		}
	}

	/** Semi-synchronous replication is off in a group, which is nobody's fault. */
	@Test
	@Tag("only-containers")
	void alertsAreSilentWhileTheGroupIsWholeAndNameAMemberThatIsLost() throws Exception {
		String lost = this.cluster.databaseNames()
			.stream()
			.filter((name) -> !name.equals(this.cluster.primary()))
			.findFirst()
			.orElseThrow();
		// Pending ones too.
		String alerts = "ALERTS{alertname=~\"SemiSynchronousLost|DatabaseOut|NoPrimary|TwoPrimaries\"}";
		try (Prometheus prometheus = Prometheus.startBeside(this.cluster.containers())) {
			await("each web-app is asked").atMost(Duration.ofMinutes(1))
				.until(() -> prometheus.ask("db_router_semisync").size() == 2);
			await("silence").during(TWO_EVALUATIONS)
				.atMost(TWO_EVALUATIONS.multipliedBy(3))
				.until(() -> prometheus.ask(alerts).isEmpty());
			this.cluster.kill(lost);
			await("alert").atMost(Duration.ofMinutes(1))
				.untilAsserted(() -> assertThat(prometheus.ask(alerts)).isNotEmpty().allSatisfy((alert) -> {
					assertThat(alert.path("metric").path("alertname").asString()).isEqualTo("DatabaseOut");
					assertThat(alert.path("metric").path("node").asString()).isEqualTo(lost);
				}));
		}
		finally {
			this.cluster.start(lost);
			this.cluster.awaitWhole();
		}
	}

	@ParameterizedTest
	@EnumSource
	@Tag("only-containers")
	void addressMovesToTheOtherGatewayAndStaysThere(Loss loss) {
		loseTheGatewayWithTheAddress(loss);
	}

	@Test
	@Tag("only-containers")
	void addressMovesWithEachOfManyKillsInARow() {
		List<Duration> silences = IntStream.range(0, GATEWAY_KILLS)
			.mapToObj((kill) -> loseTheGatewayWithTheAddress(Loss.KILL))
			.sorted()
			.toList();
		System.out.println("FIGURE " + GATEWAY_KILLS + " kills of the gateway with the address: no answer for "
				+ silences.stream().map(Duration::toMillis).toList() + " ms");
	}

	private Duration loseTheGatewayWithTheAddress(Loss loss) {
		Containers containers = this.cluster.containers();
		String lost = holder();
		String other = lost.equals("gateway-1") ? "gateway-2" : "gateway-1";
		try (Knocking clients = new Knocking(this.cluster.uri())) {
			Duration silence;
			try {
				silence = clients.longestSilence(() -> loss.happens(containers, lost));
				System.out.println("FIGURE " + loss + " of " + lost + ": no answer for " + silence.toMillis() + " ms");
				assertThat(holder()).isEqualTo(other);
			}
			finally {
				loss.ends(containers, lost);
			}
			// From here on nothing moves, at no time.
			try (Traffic<List<String>> holders = Traffic.of(2, containers::holders)) {
				containers.awaitHealthy(lost);
				holders.awaitMore(4);
				assertThat(holders.stop()).isNotEmpty()
					.allSatisfy((outcome) -> assertThat(outcome).isInstanceOfSatisfying(Outcome.Answer.class,
							(answer) -> assertThat(answer.value()).isEqualTo(List.of(other))));
			}
			assertThat(silence).isLessThan(ADDRESS_MOVES_WITHIN);
			return silence;
		}
	}

	/** A container that ends takes its network from the gateway in it. */
	@Test
	@Tag("only-containers")
	void gatewayComesBackInTheNetworkOfAKeepalivedThatWasLost() throws Exception {
		Containers containers = this.cluster.containers();
		String lost = holder();
		try (Knocking clients = new Knocking(this.cluster.uri())) {
			assertThat(clients.longestSilence(() -> containers.kill(Containers.keepalived(lost))))
				.isLessThan(ADDRESS_MOVES_WITHIN);
		}
		containers.up();
		LinkClient client = new LinkClient(containers.http(lost));
		await().atMost(Duration.ofMinutes(1))
			.ignoreExceptions()
			.untilAsserted(() -> assertThat(client.get("/").statusCode()).isEqualTo(200));
		assertThat(holder()).isNotEqualTo(lost);
	}

	private String holder() {
		List<String> holders = this.cluster.containers().holders();
		assertThat(holders).hasSize(1);
		return holders.getFirst();
	}

	/** How a gateway is lost, and comes back. */
	enum Loss {

		KILL, HANG, PAUSE, STOP;

		void happens(Containers containers, String gateway) {
			switch (this) {
				case KILL -> containers.kill(gateway);
				case HANG -> containers.signal(gateway, "STOP");
				case PAUSE -> containers.suspend(gateway);
				case STOP -> containers.stop(gateway);
			}
		}

		void ends(Containers containers, String gateway) {
			switch (this) {
				case KILL, STOP -> Containers.docker("start", containers.container(gateway));
				case HANG -> containers.signal(gateway, "CONT");
				case PAUSE -> containers.resume(gateway);
			}
		}

	}

}
