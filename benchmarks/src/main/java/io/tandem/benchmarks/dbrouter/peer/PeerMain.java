package io.tandem.benchmarks.dbrouter.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * A peer's process: does what the lines of its standard input say and answers each with a
 * line of JSON. What is logged goes to standard error.
 */
public final class PeerMain {

	private static final Duration PATIENCE = Duration.ofSeconds(45);

	private final Items items;

	private final Supplier<Session> sessions;

	private @Nullable Outage outage;

	private PeerMain(Items items, Supplier<Session> sessions) {
		this.items = items;
		this.sessions = sessions;
	}

	/**
	 * Serves until the end of the standard input.
	 * @param arguments the id of the peer
	 * @throws Exception if anything fails
	 */
	public static void main(String[] arguments) throws Exception {
		PrintStream answers = System.out;
		System.setOut(System.err);
		Peer peer = Peer.of(arguments[0]);
		try (ConfigurableApplicationContext context = PeerApplication.start(peer)) {
			PeerMain main = new PeerMain(context.getBean(Items.class), sessions(peer, context));
			answers.println("\"ready\"");
			main.serve(answers);
		}
	}

	private void serve(PrintStream answers) throws Exception {
		JsonMapper mapper = new JsonMapper();
		BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			answers.println(mapper.writeValueAsString(answer(line.split(" "))));
		}
	}

	private Object answer(String[] words) throws InterruptedException, ExecutionException, IOException {
		return switch (words[0]) {
			case "load" ->
				new Load(this.items, this.sessions).run(Double.parseDouble(words[1]), Integer.parseInt(words[2]));
			case "calls" -> calls(Kind.valueOf(words[1]), Integer.parseInt(words[2]));
			case "outage" -> {
				this.outage = new Outage(this.items).start();
				yield "begun";
			}
			case "dead" -> {
				outage().primaryIsDead();
				yield "noted";
			}
			case "promoted" -> outage().promoted(PATIENCE);
			default -> throw new IOException("What is '" + words[0] + "'?");
		};
	}

	/** No class of db-router is touched for another peer, which does not have it. */
	private static Supplier<Session> sessions(Peer peer, ConfigurableApplicationContext context) {
		return (peer == Peer.DB_ROUTER) ? CausalSession.of(context) : () -> Session.NONE;
	}

	private Calls calls(Kind kind, int count) {
		Session session = this.sessions.get();
		Latencies latencies = new Latencies();
		for (int i = 0; i < count; i++) {
			long begin = System.nanoTime();
			session.call(kind, kind.on(this.items, 1 + i % Table.ROWS));
			latencies.add(System.nanoTime() - begin);
		}
		return new Calls(count, latencies.micros(1.0 / count));
	}

	private Outage outage() {
		if (this.outage == null) {
			throw new IllegalStateException("There is no outage");
		}
		return this.outage;
	}

}
