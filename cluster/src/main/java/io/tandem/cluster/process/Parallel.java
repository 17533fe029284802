package io.tandem.cluster.process;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * The same work for several nodes at once.
 */
public final class Parallel {

	private Parallel() {
	}

	/**
	 * Works on each node in a thread of its own, and waits for all of them.
	 * @param <T> what a node is
	 * @param nodes the nodes
	 * @param work what is done with each of them
	 * @throws RuntimeException what the work threw for one of them
	 */
	public static <T> void forEach(Collection<T> nodes, Consumer<T> work) {
		try {
			CompletableFuture
				.allOf(nodes.stream()
					.map((node) -> CompletableFuture.runAsync(() -> work.accept(node),
							(task) -> Thread.ofVirtual().start(task)))
					.toArray(CompletableFuture[]::new))
				.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

}
