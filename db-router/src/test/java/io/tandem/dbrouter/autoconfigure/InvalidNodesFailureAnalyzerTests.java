package io.tandem.dbrouter.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import org.springframework.boot.diagnostics.FailureAnalysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class InvalidNodesFailureAnalyzerTests {

	@Test
	void missingNodesComeWithTheLineToAdd() {
		FailureAnalysis analysis = analyze(Map.of());
		assertThat(analysis.getDescription()).contains("no database nodes");
		assertThat(analysis.getAction()).contains("db-router.nodes.mysql-1.url=jdbc:mysql://");
	}

	@Test
	void foreignUrlNamesItsNodeAndProperty() {
		FailureAnalysis analysis = analyze(Map.of("one", new DbRouterProperties.Node("jdbc:postgresql://db/app", 1)));
		assertThat(analysis.getDescription()).contains("the node one", "does not start with jdbc:mysql://");
		assertThat(analysis.getAction()).contains("db-router.nodes.one.url");
	}

	@Test
	void sameServerTwiceNamesBothNodes() {
		Map<String, DbRouterProperties.Node> nodes = new LinkedHashMap<>();
		nodes.put("one", new DbRouterProperties.Node("jdbc:mysql://db/app", 1));
		nodes.put("two", new DbRouterProperties.Node("jdbc:mysql://DB:3306/other", 1));
		FailureAnalysis analysis = analyze(nodes);
		assertThat(analysis.getDescription()).contains("one and two", "db:3306");
		assertThat(analysis.getAction()).contains("db-router.nodes.two.url");
	}

	private static FailureAnalysis analyze(Map<String, DbRouterProperties.Node> nodes) {
		InvalidNodesException failure = catchThrowableOfType(InvalidNodesException.class,
				() -> ConfiguredNodes.check(nodes));
		FailureAnalysis analysis = new InvalidNodesFailureAnalyzer().analyze(failure);
		assertThat(analysis).isNotNull();
		return Objects.requireNonNull(analysis);
	}

}
