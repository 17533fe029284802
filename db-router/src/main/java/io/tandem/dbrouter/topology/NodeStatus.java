package io.tandem.dbrouter.topology;

import org.jspecify.annotations.Nullable;

/**
 * The state of one node and why it is in it.
 *
 * @param name the node's name
 * @param state its state
 * @param reason why, in words
 * @param lastError the error behind it, without secrets, or {@code null}
 */
public record NodeStatus(String name, NodeState state, String reason, @Nullable String lastError) {

	@Override
	public String toString() {
		return this.name + " " + this.state + " (" + this.reason
				+ ((this.lastError != null) ? ": " + this.lastError : "") + ")";
	}

}
