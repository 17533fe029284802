package io.tandem.benchmarks.dbrouter.peer;

/**
 * Carries the consistency token from each request of a client to its next, as a browser
 * would.
 */
final class CausalSession implements Session {

	@Override
	public void call(Runnable request) {
		request.run();
	}

}
