package io.tandem.gateway.firewall;

import java.net.InetAddress;

/**
 * The rules in force, which operators change while connections come in.
 */
public final class Firewall {

	private volatile Compiled current;

	/** Creates a firewall with the rules of the configuration. */
	public Firewall(FirewallRules rules) {
		this.current = new Compiled(rules, 0);
	}

	/** Replaces the rules. */
	public synchronized void rules(FirewallRules rules) {
		if (!rules.equals(current.rules)) {
			current = new Compiled(rules, current.version + 1);
		}
	}

	public FirewallRules rules() {
		return current.rules;
	}

	/** Whether connections from the address are accepted. */
	public boolean permits(InetAddress address) {
		Compiled compiled = current;
		return !compiled.deny.contains(address) && (compiled.allow.isEmpty() || compiled.allow.contains(address));
	}

	/** Changes with the rules: whoever was permitted before has to be asked for again. */
	public int version() {
		return current.version;
	}

	private static final class Compiled {

		private final FirewallRules rules;

		private final CidrSet allow;

		private final CidrSet deny;

		private final int version;

		Compiled(FirewallRules rules, int version) {
			this.rules = rules;
			this.allow = CidrSet.parse(rules.allow());
			this.deny = CidrSet.parse(rules.deny());
			this.version = version;
		}

	}

}
