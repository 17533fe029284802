package io.tandem.dbrouter.consistency;

import org.jspecify.annotations.Nullable;

/**
 * The policies of the threads of this instance.
 */
public final class ReadPolicies {

	/** Not static: another application context has other defaults. */
	@SuppressWarnings("ThreadLocalUsage")
	private final ThreadLocal<ReadPolicy> override = new ThreadLocal<>();

	private final ReadPolicy standard;

	/**
	 * Creates the policies.
	 * @param standard holds where no method says otherwise
	 */
	public ReadPolicies(ReadPolicy standard) {
		this.standard = standard;
	}

	ReadPolicy standard() {
		return this.standard;
	}

	ReadPolicy current() {
		ReadPolicy own = this.override.get();
		return (own != null) ? own : this.standard;
	}

	/**
	 * Makes a policy this thread's.
	 * @param policy the policy, {@code null} for the standard
	 * @return what was this thread's before, to be set again
	 */
	@Nullable ReadPolicy exchange(@Nullable ReadPolicy policy) {
		ReadPolicy before = this.override.get();
		if (policy != null) {
			this.override.set(policy);
		}
		else {
			this.override.remove();
		}
		return before;
	}

}
