package io.tandem.benchmarks.dbrouter.peer;

/**
 * What one client keeps between its requests.
 */
@FunctionalInterface
interface Session {

	/** For peers that know no sessions. */
	Session NONE = (kind, request) -> request.run();

	/** Serves a request of the client. */
	void call(Kind kind, Runnable request);

}
