package io.tandem.benchmarks.dbrouter;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.tandem.benchmarks.dbrouter.peer.Calls;
import io.tandem.benchmarks.dbrouter.peer.Kind;
import io.tandem.benchmarks.dbrouter.peer.Peer;
import io.tandem.benchmarks.dbrouter.peer.PeerMain;
import io.tandem.benchmarks.dbrouter.peer.Recovery;
import io.tandem.benchmarks.dbrouter.peer.Servers;
import io.tandem.benchmarks.dbrouter.peer.Window;
import tools.jackson.databind.json.JsonMapper;

/**
 * A running {@link PeerMain}: one question at a time.
 */
final class PeerProcess implements AutoCloseable {

	private final Peer peer;

	private final Process process;

	private final Path log;

	private final PrintStream questions;

	private final BufferedReader answers;

	private final JsonMapper mapper = new JsonMapper();

	private PeerProcess(Peer peer, Process process, Path log) {
		this.peer = peer;
		this.process = process;
		this.log = log;
		this.questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
		this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
	}

	/**
	 * Starts a peer's process.
	 * @param peer the peer
	 * @param servers what it is told
	 * @param classPath its class path
	 * @param directory for its log
	 * @return the process, ready
	 * @throws IOException if it does not start
	 */
	static PeerProcess start(Peer peer, Servers servers, PeerClassPath classPath, Path directory) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(java(), "-Xmx512m", "-Xshare:auto", "--enable-native-access=ALL-UNNAMED"));
		command.addAll(servers.toOptions());
		command.addAll(List.of("-cp", classPath.of(peer), PeerMain.class.getName(), peer.id()));
		Path log = directory.resolve(peer.id() + ".log");
		Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
		PeerProcess started = new PeerProcess(peer, process, log);
		started.answer(String.class);
		return started;
	}

	static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	Peer peer() {
		return this.peer;
	}

	Window load(double seconds, int threads) throws IOException {
		return ask("load " + seconds + " " + threads, Window.class);
	}

	Calls calls(Kind kind, int count) throws IOException {
		return ask("calls " + kind + " " + count, Calls.class);
	}

	void beginOutage() throws IOException {
		ask("outage", String.class);
	}

	void primaryIsDead() throws IOException {
		ask("dead", String.class);
	}

	Recovery promoted() throws IOException {
		return ask("promoted", Recovery.class);
	}

	private <T> T ask(String question, Class<T> answer) throws IOException {
		this.questions.println(question);
		return answer(answer);
	}

	private <T> T answer(Class<T> type) throws IOException {
		String line = this.answers.readLine();
		if (line == null) {
			List<String> lines = Files.readAllLines(this.log);
			throw new IOException(this.peer.id() + " ended: "
					+ String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 20), lines.size())));
		}
		return this.mapper.readValue(line, type);
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
