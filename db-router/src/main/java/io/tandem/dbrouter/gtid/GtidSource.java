package io.tandem.dbrouter.gtid;

import java.util.UUID;

/**
 * Who numbered a transaction: a server's UUID and, since MySQL 8.3, perhaps a tag.
 *
 * @param high the upper half of the UUID
 * @param low the lower half of the UUID
 * @param tag the tag in lower case, empty for none
 */
record GtidSource(long high, long low, String tag) implements Comparable<GtidSource> {

	/** As MySQL sorts: by the UUID's bytes, the one without a tag first. */
	@Override
	public int compareTo(GtidSource other) {
		int order = Long.compareUnsigned(this.high, other.high);
		if (order == 0) {
			order = Long.compareUnsigned(this.low, other.low);
		}
		return (order != 0) ? order : this.tag.compareTo(other.tag);
	}

	boolean isSameServer(GtidSource other) {
		return this.high == other.high && this.low == other.low;
	}

	UUID server() {
		return new UUID(this.high, this.low);
	}

	void appendTag(StringBuilder text) {
		if (!this.tag.isEmpty()) {
			text.append(':').append(this.tag);
		}
	}

}
