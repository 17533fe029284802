package io.tandem.gateway.protection;

/**
 * Hears how far the requests of a connection are.
 */
interface Phases {

	/** For connections whose time nobody watches. */
	Phases IGNORED = new Phases() {

		@Override
		public void body() {
		}

		@Override
		public void complete(int unanswered) {
		}

		@Override
		public void idle() {
		}

		@Override
		public void over() {
		}

	};

	/** The header of a request is complete, its body follows. */
	void body();

	/** The body is complete. */
	void complete(int unanswered);

	/** All is answered; the next request may come. */
	void idle();

	/** Nothing more is expected of the client. */
	void over();

}
