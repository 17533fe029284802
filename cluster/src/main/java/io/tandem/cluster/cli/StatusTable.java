package io.tandem.cluster.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.BiFunction;

import io.tandem.cluster.ClusterStatus;
import io.tandem.cluster.NodeStatus;

/**
 * The nodes as a table for people.
 */
final class StatusTable {

	private static final int STATE = 2;

	private static final int LONGEST_DETAIL = 80;

	private StatusTable() {
	}

	static void print(ClusterStatus status, PrintWriter out, BiFunction<Paint, String, String> painter) {
		List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("NODE", "ROLE", "STATE", "PID", "PORT", "MEMORY", "DETAIL"));
		status.nodes().forEach((node) -> rows.add(row(node)));
		int columns = rows.getFirst().size();
		for (List<String> row : rows) {
			StringBuilder line = new StringBuilder();
			for (int i = 0; i < columns; i++) {
				int column = i;
				int width = rows.stream().mapToInt((each) -> each.get(column).length()).max().orElse(0);
				String cell = row.get(i);
				String padding = (i < columns - 1) ? " ".repeat(width - cell.length() + 2) : "";
				line.append((i == STATE) ? paint(cell, painter) : cell).append(padding);
			}
			out.println(line.toString().stripTrailing());
		}
		if (status.isRunning()) {
			out.println("Memory in total: " + memory(OptionalLong.of(status.residentBytes())));
			status.semiSynchronous().ifPresent((active) -> out.println(semiSynchronous(active, painter)));
		}
		out.flush();
	}

	static String semiSynchronous(boolean active, BiFunction<Paint, String, String> painter) {
		return active ? "Replication: semi-synchronous, every commit waits for the replica" : painter.apply(Paint.LOUD,
				"WARNING: replication has FALLEN BACK TO ASYNCHRONOUS: a commit no longer waits for the replica,"
						+ " and losing the primary now can lose acknowledged writes. It returns to"
						+ " semi-synchronous on its own once the replica has caught up.");
	}

	private static String paint(String state, BiFunction<Paint, String, String> painter) {
		return switch (state) {
			case "up" -> painter.apply(Paint.GOOD, state);
			case "down", "unhealthy" -> painter.apply(Paint.BAD, state);
			default -> state;
		};
	}

	private static List<String> row(NodeStatus node) {
		return List.of(node.node().id(), node.role(), node.state().name().toLowerCase(Locale.ROOT),
				node.pid().isPresent() ? Long.toString(node.pid().getAsLong()) : "-",
				node.port() + node.managementPort().map((port) -> " / " + port).orElse(""),
				memory(node.residentBytes()), shortened(node.detail()));
	}

	private static String shortened(String detail) {
		String line = detail.lines().findFirst().orElse("");
		return (line.length() <= LONGEST_DETAIL) ? line : line.substring(0, LONGEST_DETAIL) + "...";
	}

	static String memory(OptionalLong bytes) {
		return bytes.isPresent() ? (bytes.getAsLong() >> 20) + " MB" : "-";
	}

}
