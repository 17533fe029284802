package io.tandem.integration;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Without a Docker engine the tests on containers do not run and say so; where
 * {@code TANDEM_REQUIRE_CONTAINERS=true} they fail.
 */
public class ContainerEngine implements ExecutionCondition {

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace
		.create(ContainerEngine.class);

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		if (!TestCluster.inContainers() || engine(context)) {
			return ConditionEvaluationResult.enabled("there is all that the nodes need");
		}
		String missing = "CONTAINER TESTS DID NOT RUN: no Docker engine with Compose answers";
		if ("true".equals(System.getenv("TANDEM_REQUIRE_CONTAINERS"))) {
			throw new IllegalStateException(missing);
		}
		if (context.getTestMethod().isEmpty()) {
			System.err.println(missing);
		}
		return ConditionEvaluationResult.disabled(missing);
	}

	private static boolean engine(ExtensionContext context) {
		return context.getRoot()
			.getStore(NAMESPACE)
			.computeIfAbsent("engine", (key) -> Containers.available(), Boolean.class);
	}

}
