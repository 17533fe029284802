package io.tandem.dbrouter.topology;

import java.util.Map;

/**
 * Knows which nodes there are. A bean of this type replaces what
 * {@code db-router.topology.provider} says. What role a node has is found out by looking
 * at it.
 */
@FunctionalInterface
public interface TopologyProvider {

	/**
	 * The nodes there are now. Called again and again on a thread of its own.
	 * @return the URLs of the nodes by name; none if it is not known, and all stays as it
	 * is
	 * @throws Exception if it cannot be found out: all stays as it is
	 */
	Map<String, NodeUrl> nodes() throws Exception;

}
