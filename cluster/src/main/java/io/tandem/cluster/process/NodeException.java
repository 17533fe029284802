package io.tandem.cluster.process;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * A node that could not do what was asked of it; the message names the node, the reason
 * and its log file.
 */
public final class NodeException extends RuntimeException {

	private final String node;

	/**
	 * Describes a failure.
	 * @param node the node's name
	 * @param reason what went wrong, without the node's name
	 * @param log the node's log file, if it says more
	 * @param cause the cause, if there is one
	 */
	public NodeException(String node, String reason, @Nullable Path log, @Nullable Throwable cause) {
		super(node + ": " + reason + ((log != null) ? System.lineSeparator() + "  log: " + log : ""), cause);
		this.node = node;
	}

	public String node() {
		return this.node;
	}

}
