package io.tandem.cluster.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.tandem.cluster.load.StubShortener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class TandemTests {

	@TempDir
	private Path directory = Path.of("");

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	@Test
	void helpNamesEveryCommandAndExitCode() {
		assertThat(run("--help")).isZero();
		assertThat(this.out.toString())
			.contains("up", "status", "stop", "start", "kill", "restart", "promote", "logs", "load", "tour", "down")
			.contains("Exit codes")
			.doesNotContain("\u001b");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "up", "status", "stop", "start", "kill", "restart", "promote", "logs", "load", "tour", "down" })
	void everyCommandExplainsItself(String command) {
		assertThat(run(command, "--help")).isZero();
		assertThat(this.out.toString()).contains("Usage: tandem " + command);
	}

	@ParameterizedTest
	@CsvSource({ "--rate=0, the rate must be", "--reads=101, the share of reads",
			"--clients=0, there must be 1 to 1000", "--duration=0s, the duration must be",
			"--duration=soon, no duration such as 30s" })
	void loadThatMakesNoSenseIsAUsageError(String option, String message) {
		assertThat(run("load", "--url=http://localhost:1/", option)).isEqualTo(2);
		assertThat(this.err.toString()).contains(message).contains("Usage: tandem load");
	}

	@Test
	void loadWhoseLinksAreAllThereIsGood() throws IOException {
		try (StubShortener shortener = new StubShortener()) {
			assertThat(run("load", "--url=" + shortener.uri(), "--duration=0.3s")).isZero();
			assertThat(this.out.toString()).containsPattern("All \\d+ acknowledged links are there");
			assertThat(shortener.size()).isZero();
		}
	}

	@Test
	void loadWhoseLinksAreGoneHasFailed() throws IOException {
		try (StubShortener shortener = new StubShortener()) {
			shortener.beForgetful();
			assertThat(run("load", "--url=" + shortener.uri(), "--duration=0.3s")).isOne();
			assertThat(this.out.toString()).contains("LOST");
		}
	}

	@Test
	void loadEndsWhenNobodyReadsItsOutput() throws IOException {
		try (StubShortener shortener = new StubShortener()) {
			assertThat(run(closedPipe(), "load", "--url=" + shortener.uri(), "--duration=60s")).isZero();
			assertThat(shortener.size()).isZero();
		}
	}

	@Test
	void loadNeedsARunningCluster() {
		assertThat(run("load")).isEqualTo(3);
		assertThat(this.err.toString()).contains("./tandem up");
	}

	@Test
	void versionIsTold() {
		assertThat(run("--version")).isZero();
		assertThat(this.out.toString()).contains("tandem", "Java 25");
	}

	@Test
	void missingCommandIsAUsageError() {
		assertThat(run()).isEqualTo(2);
		assertThat(this.err.toString()).contains("A command is missing").contains("Usage: tandem");
	}

	@Test
	void unknownNodeIsAnsweredWithTheValidOnes() {
		assertThat(run("kill", "web-app-3")).isEqualTo(2);
		assertThat(this.err.toString()).contains("There is no node 'web-app-3'")
			.contains("gateway-1, gateway-2, web-app-1, web-app-2, mysql-1, mysql-2");
	}

	@Test
	void onlyDatabasesArePromotedAndCopied() {
		assertThat(run("promote", "web-app-1")).isEqualTo(2);
		assertThat(run("start", "gateway-1", "--reclone")).isEqualTo(2);
		assertThat(this.err.toString()).contains("promote is for databases, and web-app-1 is none")
			.contains("--reclone is for databases, and gateway-1 is none");
	}

	@Test
	void lossIsAcceptedOnlyWithForce() {
		assertThat(run("promote", "mysql-2", "--accept-loss")).isEqualTo(2);
		assertThat(this.err.toString()).contains("--accept-loss goes with --force only");
	}

	@Test
	void promotionOfAClusterThatDoesNotRunSaysWhatIsMissing() {
		assertThat(run("promote", "mysql-2")).isEqualTo(1);
		assertThat(this.err.toString()).contains("mysql-1 is not running").contains("./tandem start mysql-1");
	}

	@Test
	void thirdDatabaseBelongsToAGroupOnly() {
		assertThat(run("promote", "mysql-3")).isEqualTo(2);
		assertThat(this.err.toString()).contains("There is no node 'mysql-3'");
	}

	@Test
	void statusOfAClusterThatNeverRanSaysHowToStartIt() {
		assertThat(run("status")).isEqualTo(3);
		assertThat(this.out.toString()).contains("not running").contains("./tandem up");
		assertThat(this.directory.resolve("state")).doesNotExist();
	}

	@Test
	void statusForProgramsIsJsonEvenIfNothingRuns() {
		assertThat(run("status", "--json")).isEqualTo(3);
		assertThat(this.out.toString()).contains("\"running\" : false");
	}

	@Test
	void downOfAClusterThatNeverRanIsDone() {
		assertThat(run("down")).isZero();
	}

	@Test
	void upWithoutBuildSaysWhatIsMissing() {
		assertThat(run("up")).isEqualTo(1);
		assertThat(this.err.toString()).contains("gateway is not built").contains("./mvnw");
	}

	@Test
	void killOfANodeThatIsNotRunningSaysSo() {
		assertThat(run("kill", "web-app-1")).isZero();
		assertThat(this.out.toString()).contains("web-app-1 is not running");
	}

	@Test
	void wrongPortNamesItsVariable() {
		assertThat(run(Map.of("TANDEM_HTTP_PORT", "eighty"), "up")).isEqualTo(1);
		assertThat(this.err.toString()).contains("TANDEM_HTTP_PORT=eighty is no port");
	}

	@Test
	void stateDirectoryThatCannotBeWrittenIsSaidWithAWayOut() throws IOException {
		Path file = Files.writeString(this.directory.resolve("file"), "");
		assertThat(run(Map.of("TANDEM_STATE", file.resolve("state").toString()), "up")).isEqualTo(1);
		assertThat(this.err.toString()).contains("cannot be written").contains("TANDEM_STATE");
	}

	@Test
	void logsShowTheEnd() throws IOException {
		Path logs = Files.createDirectories(this.directory.resolve("state/logs"));
		Files.writeString(logs.resolve("mysql-1.log"), "one\ntwo\nthree\n");
		assertThat(run("logs", "mysql-1", "-n", "2")).isZero();
		assertThat(this.out.toString().lines()).containsExactly("two", "three");
	}

	@Test
	void logsAreNotFollowedWhenNobodyReadsThem() throws IOException {
		Path logs = Files.createDirectories(this.directory.resolve("state/logs"));
		Files.writeString(logs.resolve("mysql-1.log"), "one\n");
		assertThat(run(closedPipe(), "logs", "mysql-1", "-f")).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "kill, web-app-3", "logs, mysql-2" })
	void errorIsColouredOnlyWhereErrorsGoToATerminal(String command, String node) {
		run(Map.of("TANDEM_TERMINAL", "1"), command, node);
		assertThat(this.err.toString()).contains(node).doesNotContain("\u001b");
		run(Map.of("TANDEM_ERROR_TERMINAL", "1"), command, node);
		assertThat(this.err.toString()).contains("\u001b");
		assertThat(this.out.toString()).doesNotContain("\u001b");
	}

	@Test
	void missingLogIsSaidWithItsPath() {
		assertThat(run("logs", "mysql-2")).isEqualTo(1);
		assertThat(this.err.toString()).contains("mysql-2 has no log yet").contains("mysql-2.log");
	}

	private int run(String... arguments) {
		return run(Map.of(), arguments);
	}

	private int run(Map<String, String> environment, String... arguments) {
		return run(new PrintWriter(this.out, true), environment, arguments);
	}

	private int run(PrintWriter output, String... arguments) {
		return assertTimeoutPreemptively(Duration.ofSeconds(20), () -> run(output, Map.of(), arguments));
	}

	/** As after {@code | head -1}. */
	private static PrintWriter closedPipe() {
		return new PrintWriter(new OutputStream() {

			@Override
			public void write(int data) throws IOException {
				throw new IOException("Broken pipe");
			}

		}, true, StandardCharsets.UTF_8);
	}

	private int run(PrintWriter output, Map<String, String> environment, String... arguments) {
		Map<String, String> whole = new HashMap<>(Map.of("TANDEM_STATE", this.directory.resolve("state").toString(),
				"TANDEM_CHECKOUT", this.directory.toString()));
		whole.putAll(environment);
		return Tandem.run(Workplace.of(whole), output, new PrintWriter(this.err, true), arguments);
	}

}
