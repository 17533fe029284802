package io.tandem.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import io.tandem.cluster.process.NodeException;
import io.tandem.cluster.process.NodeProcess;
import io.tandem.cluster.process.PrivateFiles;

/**
 * A gateway or web-app as a process.
 */
final class ApplicationNode {

	private static final Duration READY_WITHIN = Duration.ofMinutes(3);

	private static final Duration WELL_WITHIN = Duration.ofSeconds(15);

	private static final Duration USED_WITHIN = Duration.ofSeconds(5);

	private static final Duration STOPPED_WITHIN = Duration.ofSeconds(35);

	private final Node node;

	private final StateDirectory state;

	private final URI management;

	private final NodeProcess process;

	ApplicationNode(Node node, StateDirectory state, URI management) {
		this.node = node;
		this.state = state;
		this.management = management;
		this.process = new NodeProcess(node.id(), state.node(node).resolve("pid"));
	}

	NodeProcess process() {
		return this.process;
	}

	OptionalLong pid() {
		return this.process.alive().map((stamp) -> OptionalLong.of(stamp.pid())).orElse(OptionalLong.empty());
	}

	Health health() {
		return Health.of(this.management);
	}

	/**
	 * Starts the process and does not wait until it is ready.
	 * @param jar what to run
	 * @param properties the node's application.properties
	 */
	void launch(ApplicationJar jar, String properties) {
		if (this.process.isAlive()) {
			return;
		}
		try {
			Path home = PrivateFiles.directory(this.state.node(this.node));
			Path temporary = home.resolve("tmp");
			PrivateFiles.delete(temporary);
			PrivateFiles.directory(temporary);
			this.state.rotate(this.node);
			List<String> command = new ArrayList<>(jar.command(temporary));
			command.addAll(arguments(writeProperties(properties)));
			this.process.launch(command, home, Map.of(), this.state.log(this.node));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Writes the node's properties, which hold passwords, and gives their place. */
	Path writeProperties(String properties) throws IOException {
		Path file = PrivateFiles.directory(this.state.node(this.node)).resolve("application.properties");
		PrivateFiles.write(file, properties);
		return file;
	}

	static List<String> arguments(Path properties) {
		return List.of("--spring.config.additional-location=file:" + properties);
	}

	/** Waits until the node is ready, and no longer than its process lives. */
	void awaitReady() {
		long deadline = System.nanoTime() + READY_WITHIN.toNanos();
		while (System.nanoTime() < deadline) {
			if (!this.process.isAlive()) {
				throw failed("ended while it was starting");
			}
			if (Health.isReady(this.management)) {
				return;
			}
			NodeProcess.pause(Duration.ofMillis(100));
		}
		throw failed("was not ready within " + READY_WITHIN.toSeconds() + " s");
	}

	/** Waits a while until every part of a ready node is well; it serves all the same. */
	void awaitNoProblem() {
		long deadline = System.nanoTime() + WELL_WITHIN.toNanos();
		while (System.nanoTime() < deadline && this.process.isAlive() && !health().detail().isEmpty()) {
			NodeProcess.pause(Duration.ofMillis(100));
		}
	}

	/**
	 * Waits a while until a web-app, if it runs, reads from or writes to a database.
	 */
	void awaitUseOf(Node database) {
		long deadline = System.nanoTime() + USED_WITHIN.toNanos();
		while (System.nanoTime() < deadline && this.process.isAlive()
				&& !Health.isUsing(this.management, database.id())) {
			NodeProcess.pause(Duration.ofMillis(100));
		}
	}

	private NodeException failed(String what) {
		Path log = this.state.log(this.node);
		List<String> tail = PrivateFiles.tail(log, 400);
		int failure = tail.lastIndexOf("APPLICATION FAILED TO START");
		List<String> shown = (failure >= 0) ? tail.subList(failure, tail.size())
				: tail.subList(Math.max(0, tail.size() - 12), tail.size());
		String text = String.join("\n    ", shown.stream().filter((line) -> !line.isBlank()).toList());
		return new NodeException(this.node.id(), what + (text.isEmpty() ? "" : ":\n    " + text),
				Files.exists(log) ? log : null, null);
	}

	void stop() {
		this.process.stop(STOPPED_WITHIN);
	}

}
