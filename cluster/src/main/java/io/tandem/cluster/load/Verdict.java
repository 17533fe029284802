package io.tandem.cluster.load;

import java.util.List;

/**
 * Whether what was acknowledged is there.
 *
 * @param acknowledged links that were acknowledged with 201
 * @param forgotten how many of them were not looked for, because there were more than are
 * remembered
 * @param lost the codes of those that are not there or lead elsewhere
 * @param unknown how many of them nobody could tell about in time
 */
public record Verdict(long acknowledged, long forgotten, List<String> lost, long unknown) {

	public Verdict {
		lost = List.copyOf(lost);
	}

	/**
	 * Whether every acknowledged link that was looked for is there, and there was at
	 * least one.
	 * @return {@code true} if nothing is missing or unknown
	 */
	public boolean isGood() {
		return this.acknowledged > 0 && this.lost.isEmpty() && this.unknown == 0;
	}

}
