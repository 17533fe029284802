package io.tandem.cluster.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a command does after Ctrl+C before the JVM ends.
 */
final class Interruption {

	private Interruption() {
	}

	/**
	 * Does some work.
	 * @param <T> the type of its result
	 * @param whenInterrupted asks the work to end, from another thread
	 * @param patience how long the JVM then waits for the work
	 * @param work the work
	 * @return its result
	 * @throws Exception what the work throws
	 */
	static <T> T handle(Runnable whenInterrupted, Duration patience, Callable<T> work) throws Exception {
		CountDownLatch done = new CountDownLatch(1);
		Thread hook = new Thread(() -> {
			whenInterrupted.run();
			await(done, patience);
		}, "interrupted");
		Runtime.getRuntime().addShutdownHook(hook);
		try {
			return work.call();
		}
		finally {
			done.countDown();
			remove(hook);
		}
	}

	private static void await(CountDownLatch done, Duration patience) {
		try {
			done.await(patience.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void remove(Thread hook) {
		try {
			Runtime.getRuntime().removeShutdownHook(hook);
		}
		catch (IllegalStateException ex) {
			// Interrupted: it is at work already.
		}
	}

}
