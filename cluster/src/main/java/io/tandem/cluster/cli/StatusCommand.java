package io.tandem.cluster.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.tandem.cluster.ClusterStatus;
import io.tandem.cluster.NodeStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Shows every node.
 */
@Command(name = "status",
		description = "Shows every node: role, health, replication lag, memory, and whether replication is"
				+ " semi-synchronous or has fallen back to asynchronous.",
		exitCodeListHeading = "%nExit codes:%n", exitCodeList = { "0:every node is up", "1:it failed",
				"2:the command line was wrong", "3:the cluster is not running, or a node is not well" })
final class StatusCommand extends ClusterCommand {

	@Option(names = "--json", description = "For programs: the same as JSON.")
	private boolean json;

	@Override
	public Integer call() throws Exception {
		if (!workplace().isUsed() && !this.json) {
			out().println("The cluster is not running. Start it with: ./tandem up");
			return Tandem.NOT_HEALTHY;
		}
		ClusterStatus status = workplace().isUsed() ? cluster().status() : new ClusterStatus(List.of());
		if (this.json) {
			out().println(JsonMapper.builder()
				.enable(SerializationFeature.INDENT_OUTPUT)
				.build()
				.writeValueAsString(asMap(status)));
		}
		else {
			StatusTable.print(status, out(), this::painted);
			if (!status.isRunning()) {
				out().println("The cluster is not running. Start it with: ./tandem up");
			}
		}
		return (status.isRunning() && status.isHealthy()) ? Tandem.OK : Tandem.NOT_HEALTHY;
	}

	private static Map<String, Object> asMap(ClusterStatus status) {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("running", status.isRunning());
		map.put("healthy", status.isRunning() && status.isHealthy());
		status.semiSynchronous().ifPresent((active) -> map.put("semiSynchronous", active));
		map.put("residentBytes", status.residentBytes());
		map.put("nodes", status.nodes().stream().map(StatusCommand::asMap).toList());
		return map;
	}

	private static Map<String, Object> asMap(NodeStatus node) {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("name", node.node().id());
		map.put("kind", node.node().kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
		map.put("role", node.role());
		map.put("state", node.state().name().toLowerCase(Locale.ROOT));
		node.pid().ifPresent((pid) -> map.put("pid", pid));
		map.put("port", node.port());
		node.managementPort().ifPresent((port) -> map.put("managementPort", port));
		node.residentBytes().ifPresent((bytes) -> map.put("residentBytes", bytes));
		node.member().ifPresent((state) -> map.put("member", state));
		map.put("detail", node.detail());
		return map;
	}

}
