package io.tandem.cluster.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessStampTests {

	@TempDir
	private Path directory = Path.of("");

	@Test
	void stampSurvivesItsFile() throws IOException {
		ProcessStamp stamp = ProcessStamp.of(ProcessHandle.current().pid()).orElseThrow();
		stamp.write(this.directory.resolve("pid"));
		assertThat(ProcessStamp.read(this.directory.resolve("pid"))).contains(stamp);
		assertThat(stamp.isAlive()).isTrue();
	}

	@Test
	void processWithTheSamePidAndAnotherStartIsAnother() {
		assertThat(new ProcessStamp(ProcessHandle.current().pid(), "1@another-boot").isAlive()).isFalse();
	}

	@Test
	void fileThatIsMissingOrBrokenNamesNobody() throws IOException {
		Path broken = Files.writeString(this.directory.resolve("broken"), "not a pid");
		assertThat(ProcessStamp.read(broken)).isEmpty();
		assertThat(ProcessStamp.read(this.directory.resolve("missing"))).isEmpty();
	}

	@Test
	void strangerThatGotTheOldPidIsNeverKilled() throws IOException {
		Process stranger = new ProcessBuilder("sleep", "60").start();
		try {
			new ProcessStamp(stranger.pid(), "1@another-boot").write(this.directory.resolve("pid"));
			NodeProcess node = new NodeProcess("web-app-1", this.directory.resolve("pid"));
			assertThat(node.isAlive()).isFalse();
			node.kill();
			assertThat(stranger.isAlive()).isTrue();
			assertThat(this.directory.resolve("pid")).doesNotExist();
		}
		finally {
			stranger.destroyForcibly();
		}
	}

	@Test
	void processIsSuspendedResumedAndStopped() {
		NodeProcess node = new NodeProcess("web-app-1", this.directory.resolve("pid"));
		node.launch(List.of("sleep", "60"), this.directory, Map.of(), this.directory.resolve("log"));
		assertThat(node.isAlive()).isTrue();
		assertThat(node.residentBytes()).isPresent();
		assertThat(node.alive().orElseThrow().isStopped()).isFalse();
		node.suspend();
		assertThat(node.alive().orElseThrow().isStopped()).isTrue();
		// Stopping resumes it first: a suspended process would not hear of SIGTERM.
		node.stop(Duration.ofSeconds(10));
		assertThat(node.isAlive()).isFalse();
	}

	@Test
	void processThatIgnoresSigtermIsKilledInTheEnd() {
		NodeProcess node = new NodeProcess("web-app-1", this.directory.resolve("pid"));
		node.launch(List.of("sh", "-c", "trap '' TERM; while true; do sleep 1; done"), this.directory, Map.of(),
				this.directory.resolve("log"));
		node.stop(Duration.ofMillis(300));
		assertThat(node.isAlive()).isFalse();
	}

}
