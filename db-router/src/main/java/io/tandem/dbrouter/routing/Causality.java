package io.tandem.dbrouter.routing;

/**
 * Knows what a read must see.
 */
@FunctionalInterface
public interface Causality {

	/** Reads need not see anything in particular. */
	Causality NONE = () -> Requirement.NONE;

	/**
	 * What a read must see that begins now on this thread. Called at the first statement
	 * of each read-only transaction; must be quick.
	 * @return the requirement
	 */
	Requirement requirement();

}
