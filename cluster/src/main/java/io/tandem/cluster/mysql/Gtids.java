package io.tandem.cluster.mysql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sets of transactions in MySQL's own notation.
 */
final class Gtids {

	private static final Pattern INTERVAL = Pattern.compile(":(\\d+)(?:-(\\d+))?(?=[:,\\s]|$)");

	private Gtids() {
	}

	/**
	 * Counts transactions.
	 * @param set such as {@code uuid:1-5:7, uuid:tag:1}
	 * @return how many it has
	 */
	static long count(String set) {
		long count = 0;
		Matcher interval = INTERVAL.matcher(set);
		while (interval.find()) {
			long first = Long.parseLong(interval.group(1));
			count += (interval.group(2) != null) ? Long.parseLong(interval.group(2)) - first + 1 : 1;
		}
		return count;
	}

	/** Says how many, for people. */
	static String counted(String set) {
		long count = count(set);
		return count + (count == 1 ? " transaction" : " transactions");
	}

}
