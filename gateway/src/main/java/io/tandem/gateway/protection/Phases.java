package io.tandem.gateway.protection;

/**
 * Hears how far the requests of a connection are.
 */
interface Phases {

	/** The header of a request is complete, its body follows. */
	void body();

	/** The body is complete. */
	void complete(int unanswered);

	/** All is answered; the next request may come. */
	void idle();

	/** Nothing more is expected of the client. */
	void over();

}
