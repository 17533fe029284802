package io.tandem.dbrouter.topology;

/**
 * Hears of each change of the topology, on the thread that found it; must be quick.
 */
@FunctionalInterface
public interface TopologyListener {

	/**
	 * Called after a new topology came into force.
	 * @param topology the new topology
	 */
	void topologyChanged(Topology topology);

}
