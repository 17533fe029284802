package io.tandem.gateway.protection;

import io.netty.channel.ChannelHandler;

/**
 * Stands right behind the guard of an HTTP/1.1 connection, where every request has kept
 * the rules, and may answer instead of Reactor Netty.
 */
public interface InnerHandler extends ChannelHandler {

	/**
	 * Whether an answer of its own is under way. Called on any thread.
	 */
	boolean isBusy();

	/** Makes the handler of each connection. */
	@FunctionalInterface
	interface Factory {

		/**
		 * Makes the handler of a connection.
		 * @param secure whether it is one over HTTPS
		 */
		InnerHandler newHandler(boolean secure);

	}

}
