package io.tandem.gateway.firewall;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Who may connect.
 *
 * @param allow networks that may, in CIDR notation; empty: all
 * @param deny networks that may not, even if they are in the other list
 */
public record FirewallRules(List<String> allow, List<String> deny) {

	/** More than that belongs into a real firewall. */
	private static final int MOST = 1000;

	public FirewallRules {
		allow = normalized(allow);
		deny = normalized(deny);
	}

	private static List<String> normalized(List<String> networks) {
		if (networks.size() > MOST) {
			throw new IllegalArgumentException(
					"A list has at most " + MOST + " networks, not " + networks.size() + ".");
		}
		List<String> normalized = new ArrayList<>();
		for (String network : networks) {
			String text = Cidr.parse(network.trim()).toString();
			if (!normalized.contains(text)) {
				normalized.add(text);
			}
		}
		return List.copyOf(normalized);
	}

	/** Reads networks separated by commas; an empty text is an empty list. */
	public static List<String> split(String text) {
		return Arrays.stream(text.split(",")).map(String::trim).filter((network) -> !network.isEmpty()).toList();
	}

	/** The opposite of {@link #split(String)}. */
	public static String join(List<String> networks) {
		return String.join(",", networks);
	}

}
