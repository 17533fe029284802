package io.tandem.cluster.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import io.tandem.cluster.ClusterStatus;
import io.tandem.cluster.Node;
import io.tandem.cluster.NodeStatus;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StatusTableTests {

	@Test
	void columnsLineUpAndMemoryIsSummed() {
		String table = print(new ClusterStatus(List.of(node(Node.MYSQL_1, "primary", 300L << 20, Optional.of(true)),
				node(Node.MYSQL_2, "replica", 200L << 20, Optional.empty()))));
		List<String> lines = table.lines().toList();
		assertThat(lines.get(0).indexOf("ROLE")).isEqualTo(lines.get(1).indexOf("primary"))
			.isEqualTo(lines.get(2).indexOf("replica"));
		assertThat(table).contains("Memory in total: 500 MB").contains("semi-synchronous").doesNotContain("\u001b");
	}

	@Test
	void fallbackToAsynchronousIsLoud() {
		String table = print(new ClusterStatus(List.of(node(Node.MYSQL_1, "primary", 300L << 20, Optional.of(false)))));
		assertThat(table).contains("WARNING: replication has FALLEN BACK TO ASYNCHRONOUS");
	}

	private static NodeStatus node(Node node, String role, long memory, Optional<Boolean> semiSynchronous) {
		return new NodeStatus(node, NodeStatus.State.UP, role, OptionalLong.of(42), 33061, Optional.empty(),
				OptionalLong.of(memory), "", semiSynchronous, Optional.empty());
	}

	private static String print(ClusterStatus status) {
		StringWriter text = new StringWriter();
		StatusTable.print(status, new PrintWriter(text), (paint, word) -> word);
		return text.toString();
	}

}
