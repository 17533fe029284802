package io.tandem.integration;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives every test the same running cluster of six nodes, as local processes or, where
 * the system property {@value TestCluster#PROPERTY} says so, as containers. It starts
 * with the first test, stops after the last, and each test finds it whole, because what
 * an earlier one left broken is healed first.
 */
class SharedCluster extends ContainerEngine implements BeforeEachCallback, ParameterResolver {

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedCluster.class);

	@Override
	public void beforeEach(ExtensionContext context) {
		Running running = running(context);
		running.cluster().heal();
		running.tests().incrementAndGet();
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == TestCluster.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return running(context).cluster();
	}

	private static Running running(ExtensionContext context) {
		return context.getRoot()
			.getStore(NAMESPACE)
			.computeIfAbsent(Running.class, (type) -> new Running(TestCluster.start(), new AtomicInteger()),
					Running.class);
	}

	/** The cluster, and how many tests have run on it. */
	private record Running(TestCluster cluster, AtomicInteger tests) implements AutoCloseable {

		@Override
		public void close() {
			this.cluster.close();
			System.out.println("CLUSTER TESTS ON " + this.cluster.kind() + ": " + this.tests);
		}

	}

}
