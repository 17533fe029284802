package io.tandem.gateway.balance;

/**
 * Hears of instances that come and go while the gateway runs. Called by one thread, in
 * the order of the changes.
 */
public interface MembershipListener {

	/** A new instance, which takes no requests before it is made available. */
	void joined(Instance instance);

	/** An instance that gets no more requests; those under way come to their end. */
	void left(Instance instance);

}
