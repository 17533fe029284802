package io.tandem.webapp.visit;

/**
 * A number of visits to one link. Ordered by link, so that instances lock rows in the
 * same order and cannot deadlock.
 *
 * @param linkId the link
 * @param number how many visits
 */
record Visits(long linkId, long number) implements Comparable<Visits> {

	@Override
	public int compareTo(Visits other) {
		return Long.compare(this.linkId, other.linkId);
	}

}
