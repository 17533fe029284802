package io.tandem.gateway.dashboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The database nodes as all instances that answer see them. Only used by one thread.
 */
final class DatabaseView {

	private final EventLog events;

	private final Map<String, DatabaseReport> reports = new LinkedHashMap<>();

	private final Map<String, List<Snapshot.Use>> uses = new LinkedHashMap<>();

	private Map<String, String> states = Map.of();

	/** The last one that was seen: a failover passes through having none. */
	private @Nullable String primary;

	DatabaseView(EventLog events) {
		this.events = events;
	}

	/**
	 * Takes over what an instance says.
	 * @param report null if it does not answer
	 */
	void update(String instance, @Nullable DatabaseReport report) {
		if (report == null) {
			reports.remove(instance);
			uses.remove(instance);
			return;
		}
		DatabaseReport before = reports.put(instance, report);
		if (before != null && before.atMillis() < report.atMillis()) {
			uses.put(instance, uses(instance, before, report));
		}
	}

	private static List<Snapshot.Use> uses(String instance, DatabaseReport before, DatabaseReport after) {
		double seconds = (after.atMillis() - before.atMillis()) / 1_000.0;
		List<Snapshot.Use> uses = new ArrayList<>();
		for (String node : after.states().keySet()) {
			DatabaseReport.Used then = before.used().getOrDefault(node, new DatabaseReport.Used(0, 0));
			DatabaseReport.Used now = after.used().getOrDefault(node, new DatabaseReport.Used(0, 0));
			uses.add(new Snapshot.Use(instance, node, Rates.perSecond(then.reads(), now.reads(), seconds),
					Rates.perSecond(then.writes(), now.writes(), seconds)));
		}
		return uses;
	}

	/**
	 * Notes what has changed.
	 * @return whether anything has
	 */
	boolean note() {
		Map<String, String> now = states();
		if (now.equals(states) || now.isEmpty()) {
			return false;
		}
		now.forEach((node, state) -> {
			String before = states.get(node);
			if (before != null && !before.equals(state)) {
				events.add(kind(state), node + " was " + before + " and is " + state);
			}
		});
		notePrimary(primary(now));
		states = now;
		return true;
	}

	private void notePrimary(@Nullable String now) {
		if (now == null) {
			return;
		}
		if (primary != null && !primary.equals(now)) {
			events.add(Event.Kind.CHANGE, "the primary changed from " + primary + " to " + now);
		}
		primary = now;
	}

	private static Event.Kind kind(String state) {
		return switch (state) {
			case "primary", "replica" -> Event.Kind.UP;
			case "down", "detached" -> Event.Kind.DOWN;
			default -> Event.Kind.CHANGE;
		};
	}

	private static @Nullable String primary(Map<String, String> states) {
		return states.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().equals("primary"))
			.map(Map.Entry::getKey)
			.findFirst()
			.orElse(null);
	}

	/** The first instance that knows a node has the word. */
	private Map<String, String> states() {
		Map<String, String> all = new TreeMap<>();
		reports.values().forEach((report) -> report.states().forEach(all::putIfAbsent));
		return all;
	}

	List<Snapshot.Database> databases() {
		return states().entrySet().stream().map((entry) -> {
			String node = entry.getKey();
			List<String> disagreeing = reports.entrySet()
				.stream()
				.filter((report) -> !entry.getValue().equals(report.getValue().states().get(node)))
				.map(Map.Entry::getKey)
				.toList();
			return new Snapshot.Database(node, entry.getValue(), lagMillis(node), disagreeing);
		}).toList();
	}

	private @Nullable Double lagMillis(String node) {
		return reports.values()
			.stream()
			.map((report) -> report.lags().get(node))
			.filter(Objects::nonNull)
			.findFirst()
			.map((seconds) -> Rates.round(seconds * 1_000))
			.orElse(null);
	}

	/** Of the replica that is furthest behind. */
	@Nullable Double worstLagMillis() {
		return databases().stream()
			.map(Snapshot.Database::lagMillis)
			.filter(Objects::nonNull)
			.max(Double::compare)
			.orElse(null);
	}

	@Nullable Boolean semiSync() {
		return reports.values()
			.stream()
			.map(DatabaseReport::semiSync)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	List<Snapshot.Use> uses() {
		return uses.values().stream().flatMap(List::stream).toList();
	}

}
