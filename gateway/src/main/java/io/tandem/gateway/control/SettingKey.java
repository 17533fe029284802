package io.tandem.gateway.control;

import java.util.List;
import java.util.Locale;

import io.tandem.gateway.balance.AdminState;
import io.tandem.gateway.balance.Algorithm;
import io.tandem.gateway.balance.Instance;
import io.tandem.gateway.firewall.FirewallRules;
import org.jspecify.annotations.Nullable;

/**
 * The names of settings, and what their values may be.
 */
final class SettingKey {

	static final String ALGORITHM = "algorithm";

	/** Counts the fail-backs that operators asked for. */
	static final String FAIL_BACK = "fail-back";

	/** Networks that may connect, separated by commas. */
	static final String FIREWALL_ALLOW = "firewall/allow";

	/** Networks that may not connect, separated by commas. */
	static final String FIREWALL_DENY = "firewall/deny";

	private static final String INSTANCES = "instances/";

	private static final String WEIGHT = "/weight";

	private static final String STATE = "/state";

	private static final int LONGEST = 300;

	private SettingKey() {
	}

	static String weight(Instance instance) {
		return INSTANCES + instance.id() + WEIGHT;
	}

	static String state(Instance instance) {
		return INSTANCES + instance.id() + STATE;
	}

	/**
	 * Whether a setting can be used. Instances need not be known: the other gateway may
	 * have been given a new one first.
	 */
	static boolean accepts(String key, @Nullable String value) {
		if (key.length() > LONGEST) {
			return false;
		}
		try {
			if (key.equals(ALGORITHM)) {
				algorithm(value);
			}
			else if (key.startsWith(INSTANCES) && key.endsWith(STATE)) {
				state(value);
			}
			else if (key.equals(FIREWALL_ALLOW) || key.equals(FIREWALL_DENY)) {
				networks(value);
			}
			else if (key.equals(FAIL_BACK)) {
				number(value, Integer.MAX_VALUE);
			}
			else if (key.startsWith(INSTANCES) && key.endsWith(WEIGHT)) {
				number(value, Instance.MAX_WEIGHT);
			}
			else {
				return false;
			}
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	static @Nullable Algorithm algorithm(@Nullable String value) {
		return (value != null) ? Algorithm.valueOf(constant(value)) : null;
	}

	static @Nullable AdminState state(@Nullable String value) {
		return (value != null) ? AdminState.valueOf(constant(value)) : null;
	}

	static @Nullable List<String> networks(@Nullable String value) {
		return (value != null) ? new FirewallRules(FirewallRules.split(value), List.of()).allow() : null;
	}

	static @Nullable Integer number(@Nullable String value, int most) {
		if (value == null) {
			return null;
		}
		int number = Integer.parseInt(value);
		if (number < 0 || number > most) {
			throw new IllegalArgumentException(value);
		}
		return number;
	}

	private static String constant(String value) {
		return value.toUpperCase(Locale.ROOT).replace('-', '_');
	}

}
