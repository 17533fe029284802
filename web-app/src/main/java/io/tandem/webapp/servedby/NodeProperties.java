package io.tandem.webapp.servedby;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who this instance is.
 *
 * @param nodeName name of this instance, unique in the cluster, at most 64 characters
 * @param web what it tells clients about itself
 */
@ConfigurationProperties("tandem")
public record NodeProperties(@DefaultValue("web-app") String nodeName, @DefaultValue Web web) {

	/**
	 * Checks the name, which goes into a header.
	 * @param nodeName name of this instance
	 * @param web what it tells clients about itself
	 */
	public NodeProperties {
		if (!nodeName.matches("[A-Za-z0-9._-]{1,64}")) {
			throw new IllegalArgumentException(
					"tandem.node-name must have 1 to 64 letters, digits, dots, underscores and hyphens: " + nodeName);
		}
	}

	/**
	 * What the instance tells clients about itself.
	 *
	 * @param servedByHeader whether answers carry X-Served-By and Server-Timing
	 */
	public record Web(@DefaultValue("true") boolean servedByHeader) {
	}

}
