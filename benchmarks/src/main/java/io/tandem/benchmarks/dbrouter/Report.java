package io.tandem.benchmarks.dbrouter;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import io.tandem.benchmarks.dbrouter.peer.Kind;
import io.tandem.benchmarks.dbrouter.peer.Peer;
import io.tandem.benchmarks.dbrouter.peer.Recovery;
import io.tandem.benchmarks.dbrouter.peer.Window;
import io.tandem.benchmarks.report.Markdown;
import io.tandem.benchmarks.report.Samples;

/**
 * The tables of docs/performance.md.
 */
final class Report {

	private Report() {
	}

	static String roundTrips(Map<Peer, RoundTrips> results) {
		Markdown table = new Markdown("data source", "one find", "three finds", "nothing", "update",
				"commands: one find", "three finds", "update");
		results.forEach((peer, result) -> table.row(peer.title(), waited(result, Kind.READ),
				waited(result, Kind.READ_THREE), waited(result, Kind.NOTHING), waited(result, Kind.WRITE),
				commands(result, Kind.READ), commands(result, Kind.READ_THREE), commands(result, Kind.WRITE)));
		return table.toString();
	}

	private static long waited(RoundTrips result, Kind kind) {
		return result.waited().getOrDefault(kind, -1L);
	}

	private static String commands(RoundTrips result, Kind kind) {
		return Markdown.number(result.commands().getOrDefault(kind, Double.NaN), 0);
	}

	static String load(Samples<Peer, Window> rounds) {
		Markdown table = new Markdown("data source", "tx/s", "compared with Boot", "read p50 ms", "p99", "write p50 ms",
				"p99", "client CPU µs/tx", "errors");
		for (Peer peer : rounds.subjects()) {
			table.row(peer.title(), Markdown.number(rounds.of(peer, Window::perSecond).median(), 0),
					Markdown.range(rounds.ratio(peer, Peer.BOOT, Window::perSecond), 2),
					millis(rounds, peer, Window::readP50), millis(rounds, peer, Window::readP99),
					millis(rounds, peer, Window::writeP50), millis(rounds, peer, Window::writeP99),
					Markdown.number(rounds.of(peer, Window::cpuMicros).median(), 0),
					rounds.of(peer).stream().mapToLong(Window::errors).sum());
		}
		return table.toString();
	}

	private static String millis(Samples<Peer, Window> rounds, Peer peer, ToDoubleFunction<Window> micros) {
		return Markdown.number(rounds.of(peer, micros).median() / 1e3, 2);
	}

	static String overhead(Map<Peer, List<Overhead>> results) {
		Markdown table = new Markdown("data source", "nothing: ns", "compared with Hikari", "bytes", "statement: ns",
				"compared with Hikari", "bytes");
		List<Overhead> bare = results.getOrDefault(Peer.BOOT, List.of());
		results.forEach((peer, result) -> table.row((peer == Peer.BOOT) ? "HikariCP alone" : peer.title(),
				Markdown.number(result.getFirst().nanos(), 0), ratio(result.getFirst(), bare, 0),
				Markdown.number(result.getFirst().bytes(), 0), Markdown.number(result.getLast().nanos(), 0),
				ratio(result.getLast(), bare, 1), Markdown.number(result.getLast().bytes(), 0)));
		return table.toString();
	}

	private static String ratio(Overhead overhead, List<Overhead> bare, int index) {
		return bare.isEmpty() ? "-" : Markdown.number(overhead.nanos() / bare.get(index).nanos(), 2);
	}

	static String failover(Map<Peer, Recovery> results) {
		Markdown table = new Markdown("data source", "first write after the promotion", "failed writes", "failed reads",
				"slowest read");
		results.forEach((peer, result) -> table.row(peer.title(),
				(result.millis() == Recovery.NEVER) ? "not within 45 s" : result.millis() + " ms",
				result.failedWrites(), result.failedReads(), result.slowestReadMillis() + " ms"));
		return table.toString();
	}

}
