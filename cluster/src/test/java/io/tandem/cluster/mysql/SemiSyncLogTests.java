package io.tandem.cluster.mysql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SemiSyncLogTests {

	private static final String ENABLED = "[Note] [MY-011128] [Repl] Semi-sync replication enabled on the source.\n";

	private static final String OFF = "[Note] [MY-011155] [Repl] Semi-sync replication switched OFF.\n";

	private static final String ON = "[Note] [MY-011156] [Repl] Semi-sync replication switched ON at (binlog.000002,"
			+ " 4711)\n";

	@TempDir
	private Path directory = Path.of("");

	@Test
	void serverThatNeverGaveUpWaitingWasSemiSynchronous() throws IOException {
		assertThat(SemiSyncLog.wasActiveInTheEnd(log(ENABLED))).isTrue();
		assertThat(SemiSyncLog.wasActiveInTheEnd(log(ENABLED + OFF + ON))).isTrue();
	}

	@Test
	void serverThatGaveUpWaitingWasNot() throws IOException {
		assertThat(SemiSyncLog.wasActiveInTheEnd(log(ENABLED + ON + OFF))).isFalse();
	}

	@Test
	void serverWithoutAWordOnItCountsAsOneThatWasNot() throws IOException {
		assertThat(SemiSyncLog.wasActiveInTheEnd(log("ready for connections\n"))).isFalse();
		assertThat(SemiSyncLog.wasActiveInTheEnd(this.directory.resolve("missing"))).isFalse();
	}

	private Path log(String text) throws IOException {
		return Files.writeString(this.directory.resolve("mysql.log"), text);
	}

}
