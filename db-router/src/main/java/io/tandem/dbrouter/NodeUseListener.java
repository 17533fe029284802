package io.tandem.dbrouter;

/**
 * Hears of each use of a database node. Beans of this type are called on the caller's
 * thread when the connection goes back; they must be quick. What they throw is logged and
 * does not reach the caller.
 */
@FunctionalInterface
public interface NodeUseListener {

	/**
	 * Called when a connection was given back.
	 * @param use which node was used, as what and for how long
	 */
	void nodeUsed(NodeUse use);

}
