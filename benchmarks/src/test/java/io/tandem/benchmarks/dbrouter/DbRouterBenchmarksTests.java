package io.tandem.benchmarks.dbrouter;

import java.io.PrintWriter;
import java.io.StringWriter;

import io.tandem.benchmarks.dbrouter.peer.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class DbRouterBenchmarksTests {

	@ParameterizedTest
	@EnumSource
	void helpNamesEachPeer(Peer peer) {
		assertThat(help()).contains(peer.id());
	}

	@Test
	void helpNamesDefaults() {
		assertThat(help()).containsPattern("--threads=<threads>\\s+Clients \\(default: 16\\)");
	}

	@Test
	void unknownPeerIsRefusedWithTheKnownOnes() {
		assertThat(DbRouterBenchmarks.commandLine()
			.setErr(new PrintWriter(new StringWriter()))
			.execute("--peers", "proxysql")).isEqualTo(2);
	}

	private static String help() {
		return DbRouterBenchmarks.commandLine().getUsageMessage().replaceAll("\\s+", " ");
	}

}
