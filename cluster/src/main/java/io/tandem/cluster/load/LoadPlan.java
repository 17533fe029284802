package io.tandem.cluster.load;

import java.net.URI;
import java.time.Duration;

/**
 * Which traffic is sent.
 *
 * @param target where the link shortener answers
 * @param rate requests a second, at a constant rate whatever the answers (an open model)
 * @param reads how many of a hundred requests read, the others create a link
 * @param duration for how long
 * @param clients how many clients share the work, each with one request under way at most
 */
public record LoadPlan(URI target, int rate, int reads, Duration duration, int clients) {

	/**
	 * Checks the plan.
	 */
	public LoadPlan {
		require(rate >= 1 && rate <= 100_000, "the rate must be 1 to 100000 requests a second");
		require(reads >= 0 && reads <= 100, "the share of reads must be 0 to 100 percent");
		require(duration.isPositive() && duration.compareTo(Duration.ofDays(1)) <= 0,
				"the duration must be more than nothing and at most a day");
		require(clients >= 1 && clients <= 1000, "there must be 1 to 1000 clients");
		require("http".equals(target.getScheme()) && target.getHost() != null, "not an http URL: " + target);
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
