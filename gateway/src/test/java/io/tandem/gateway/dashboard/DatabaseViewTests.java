package io.tandem.gateway.dashboard;

import java.time.Clock;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseViewTests {

	private final EventLog events = new EventLog(Clock.systemUTC());

	private final DatabaseView view = new DatabaseView(events);

	@Test
	void rolesLagAndRatesComeFromTheMetricsOfDbRouter() {
		view.update("web-app-1", report(1_000, "primary", "replica", 10, 100));
		view.update("web-app-1", report(3_000, "primary", "replica", 14, 300));
		assertThat(view.databases()).containsExactly(new Snapshot.Database("mysql-1", "primary", null, List.of()),
				new Snapshot.Database("mysql-2", "replica", 12.5, List.of()));
		assertThat(view.uses()).containsExactly(new Snapshot.Use("web-app-1", "mysql-1", 0, 2),
				new Snapshot.Use("web-app-1", "mysql-2", 100, 0));
		assertThat(view.semiSync()).isTrue();
		assertThat(view.worstLagMillis()).isEqualTo(12.5);
	}

	@Test
	void changeOfThePrimaryIsAnEvent() {
		view.update("web-app-1", report(1_000, "primary", "replica", 0, 0));
		assertThat(view.note()).isTrue();
		assertThat(view.note()).isFalse();
		view.update("web-app-1", report(2_000, "replica", "primary", 0, 0));
		assertThat(view.note()).isTrue();
		assertThat(events.all()).extracting(Event::text)
			.containsExactly("mysql-1 was primary and is replica", "mysql-2 was replica and is primary",
					"the primary changed from mysql-1 to mysql-2");
	}

	@Test
	void changeOfThePrimaryIsAnEventThoughThereIsNoneInBetween() {
		view.update("web-app-1", report(1_000, "primary", "replica", 0, 0));
		view.note();
		view.update("web-app-1", report(2_000, "down", "replica", 0, 0));
		view.note();
		view.update("web-app-1", report(3_000, "down", "primary", 0, 0));
		view.note();
		assertThat(events.all()).extracting(Event::text)
			.containsExactly("mysql-1 was primary and is down", "mysql-2 was replica and is primary",
					"the primary changed from mysql-1 to mysql-2");
	}

	@Test
	void primaryThatComesBackIsNoChange() {
		for (String state : List.of("primary", "down", "primary")) {
			view.update("web-app-1", report(1_000, state, "replica", 0, 0));
			view.note();
		}
		assertThat(events.all()).extracting(Event::text).noneMatch((text) -> text.contains("changed"));
	}

	@Test
	void instanceThatSeesANodeOtherwiseIsNamed() {
		view.update("web-app-1", report(1_000, "primary", "replica", 0, 0));
		view.update("web-app-2", report(1_000, "primary", "down", 0, 0));
		assertThat(view.databases().get(1).disagreeing()).containsExactly("web-app-2");
		view.update("web-app-2", null);
		assertThat(view.databases().get(1).disagreeing()).isEmpty();
	}

	@Test
	void counterThatBeginsAnewGivesNoNegativeRate() {
		view.update("web-app-1", report(1_000, "primary", "replica", 10, 100));
		view.update("web-app-1", report(2_000, "primary", "replica", 0, 1));
		assertThat(view.uses()).allSatisfy((use) -> assertThat(use.reads() + use.writes()).isZero());
	}

	@Test
	void whateverElseAnInstanceAnswersIsNoDatabase() {
		DatabaseReport report = DatabaseReport.read("<html>\nnonsense{ 1\n\u0000\ndb_router_node_state 1\n", 1);
		assertThat(report.used()).isEmpty();
		assertThat(report.semiSync()).isNull();
	}

	/** Members of a group have it off, and are no reason for a warning. */
	@Test
	void semiSynchronousReplicationThatIsNotUsedIsNotMissed() {
		assertThat(DatabaseReport.read("db_router_semisync NaN\n", 1).semiSync()).isNull();
		assertThat(DatabaseReport.read("db_router_semisync 0.0\n", 1).semiSync()).isFalse();
	}

	@Test
	void onlySoManyNodesAreKept() {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < 5_000; i++) {
			text.append("db_router_node_state{node=\"n").append(i).append("\",state=\"replica\"} 1\n");
		}
		assertThat(DatabaseReport.read(text.toString(), 1).states()).hasSize(16);
	}

	private static DatabaseReport report(long at, String first, String second, int writes, int reads) {
		return DatabaseReport.read("""
				# HELP db_router_node_state 1 for the state the node is in, 0 for the others
				db_router_node_state{node="mysql-1",state="%s"} 1.0
				db_router_node_state{node="mysql-1",state="unknown"} 0.0
				db_router_node_state{node="mysql-2",state="%s"} 1.0
				db_router_replica_lag_seconds{node="mysql-1"} NaN
				db_router_replica_lag_seconds{node="mysql-2"} 0.0125
				db_router_routes_total{node="mysql-1",reason="read-write",role="primary"} %d
				db_router_routes_total{node="mysql-2",reason="read-only",role="replica"} %d
				db_router_semisync 1.0
				""".formatted(first, second, writes, reads), at);
	}

}
