package io.tandem.gateway.firewall;

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

/**
 * The rules in force, which operators change while connections come in.
 */
public final class Firewall {

	private volatile Compiled current;

	/** Creates a firewall with the rules of the configuration. */
	public Firewall(FirewallRules rules) {
		this.current = new Compiled(rules);
	}

	/** Replaces the rules. */
	public synchronized void rules(FirewallRules rules) {
		if (!rules.equals(current.rules)) {
			current = new Compiled(rules);
		}
	}

	public FirewallRules rules() {
		return current.rules;
	}

	/** Whether connections from the address are accepted. */
	public boolean permits(InetAddress address) {
		return current.permits(address);
	}

	/**
	 * Decides about a connection.
	 * @return what tells whether the decision still stands, or null if the connection is
	 * not to be accepted
	 */
	public @Nullable Pass admit(InetAddress address) {
		Compiled rules = current;
		return rules.permits(address) ? new Pass(address, rules) : null;
	}

	/** Whether somebody is let in of whom not even the address is known. */
	public boolean permitsUnknown() {
		return current.allow.isEmpty();
	}

	/**
	 * What a connection was let in with. Asks again after each change of the rules, none
	 * of which it misses. For one thread.
	 */
	public final class Pass {

		private final InetAddress address;

		private Compiled decided;

		private Pass(InetAddress address, Compiled decided) {
			this.address = address;
			this.decided = decided;
		}

		/** Whether the rules in force permit the address. */
		public boolean isValid() {
			Compiled rules = current;
			if (rules != decided) {
				if (!rules.permits(address)) {
					return false;
				}
				decided = rules;
			}
			return true;
		}

	}

	private static final class Compiled {

		private final FirewallRules rules;

		private final CidrSet allow;

		private final CidrSet deny;

		Compiled(FirewallRules rules) {
			this.rules = rules;
			this.allow = CidrSet.parse(rules.allow());
			this.deny = CidrSet.parse(rules.deny());
		}

		boolean permits(InetAddress address) {
			return !deny.contains(address) && (allow.isEmpty() || allow.contains(address));
		}

	}

}
