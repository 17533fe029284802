package io.tandem.dbrouter.gtid;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * A set of transactions by their GTIDs, such as what a server has executed or what a
 * client has written; immutable.
 */
public final class GtidSet {

	/** The longest text that {@link #parse(String)} reads, in characters. */
	public static final int LONGEST_TEXT = 1 << 20;

	/** No transaction. */
	public static final GtidSet EMPTY = new GtidSet(new GtidSource[0], new long[0][]);

	/** Ascending. */
	private final GtidSource[] sources;

	/** Of each source, never empty. */
	private final long[][] intervals;

	private GtidSet(GtidSource[] sources, long[][] intervals) {
		this.sources = sources;
		this.intervals = intervals;
	}

	/**
	 * Reads a set as MySQL writes it, with tags and line breaks.
	 * @param text the set, such as {@code 3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5:tag:7}
	 * @return the set
	 * @throws IllegalArgumentException if it is none or longer than {@link #LONGEST_TEXT}
	 */
	public static GtidSet parse(String text) {
		return parse(text, LONGEST_TEXT);
	}

	/**
	 * Reads a set from somebody who is not trusted.
	 * @param text the set
	 * @param longest the most characters to look at
	 * @return the set
	 * @throws IllegalArgumentException if it is none or longer
	 */
	public static GtidSet parse(String text, int longest) {
		if (text.length() > longest) {
			throw new IllegalArgumentException(
					"A GTID set of " + text.length() + " characters is longer than " + longest);
		}
		return of(new GtidSetParser(text).parse());
	}

	static GtidSet of(SortedMap<GtidSource, long[]> map) {
		if (map.isEmpty()) {
			return EMPTY;
		}
		return new GtidSet(map.keySet().toArray(new GtidSource[0]), map.values().toArray(new long[0][]));
	}

	/**
	 * Reads what {@link #toBytes()} wrote.
	 * @param bytes the bytes; what follows the set is left in there
	 * @return the set
	 * @throws IllegalArgumentException if they end too early
	 */
	public static GtidSet fromBytes(ByteBuffer bytes) {
		return of(GtidSetBytes.read(bytes));
	}

	/**
	 * This set in few bytes.
	 * @return about 23 bytes for one transaction
	 */
	public byte[] toBytes() {
		return GtidSetBytes.write(toMap());
	}

	/**
	 * Whether this set has all transactions of another. Allocates nothing.
	 * @param other the other set
	 * @return {@code true} if the other is a subset of this one
	 */
	public boolean contains(GtidSet other) {
		int i = 0;
		for (int j = 0; j < other.sources.length; j++) {
			GtidSource wanted = other.sources[j];
			while (i < this.sources.length && this.sources[i].compareTo(wanted) < 0) {
				i++;
			}
			if (i == this.sources.length || !this.sources[i].equals(wanted)
					|| !Intervals.contains(this.intervals[i], other.intervals[j])) {
				return false;
			}
		}
		return true;
	}

	/**
	 * The transactions of both sets.
	 * @param other the other set
	 * @return the union; one of the two itself if it has all
	 */
	public GtidSet union(GtidSet other) {
		if (contains(other)) {
			return this;
		}
		if (other.contains(this)) {
			return other;
		}
		SortedMap<GtidSource, long[]> result = toMap();
		other.toMap().forEach((source, numbers) -> result.merge(source, numbers, Intervals::union));
		return of(result);
	}

	/**
	 * The transactions of this set that another one has not.
	 * @param other the other set
	 * @return the difference
	 */
	public GtidSet minus(GtidSet other) {
		if (other.isEmpty()) {
			return this;
		}
		SortedMap<GtidSource, long[]> result = toMap();
		other.toMap().forEach((source, numbers) -> result.computeIfPresent(source, (key, mine) -> {
			long[] rest = Intervals.minus(mine, numbers);
			return (rest.length > 0) ? rest : null;
		}));
		return of(result);
	}

	/**
	 * This set with the smallest gaps filled where a server has too many, so that its
	 * size does not grow with its history.
	 * @param most the most intervals to keep of a server and tag
	 * @return a set that contains this one
	 */
	public GtidSet condensed(int most) {
		long[][] condensed = this.intervals.clone();
		boolean changed = false;
		for (int i = 0; i < condensed.length; i++) {
			condensed[i] = Intervals.condensed(this.intervals[i], most);
			changed |= condensed[i].length < this.intervals[i].length;
		}
		return changed ? new GtidSet(this.sources, condensed) : this;
	}

	/**
	 * The number of transactions.
	 * @return the number, {@link Long#MAX_VALUE} if there are more
	 */
	public long size() {
		long size = 0;
		for (long[] numbers : this.intervals) {
			size += Intervals.size(numbers);
			if (size < 0) {
				return Long.MAX_VALUE;
			}
		}
		return size;
	}

	/**
	 * Whether there is no transaction in it.
	 * @return {@code true} if it is empty
	 */
	public boolean isEmpty() {
		return this.sources.length == 0;
	}

	private SortedMap<GtidSource, long[]> toMap() {
		SortedMap<GtidSource, long[]> map = new TreeMap<>();
		for (int i = 0; i < this.sources.length; i++) {
			map.put(this.sources[i], this.intervals[i]);
		}
		return map;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof GtidSet set && Arrays.equals(this.sources, set.sources)
				&& Arrays.deepEquals(this.intervals, set.intervals);
	}

	@Override
	public int hashCode() {
		return 31 * Arrays.hashCode(this.sources) + Arrays.deepHashCode(this.intervals);
	}

	/** As MySQL writes it, but on one line. */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		GtidSource before = null;
		for (int i = 0; i < this.sources.length; i++) {
			GtidSource source = this.sources[i];
			if (before == null || !source.isSameServer(before)) {
				text.append((before != null) ? "," : "").append(source.server());
			}
			source.appendTag(text);
			Intervals.append(text, this.intervals[i]);
			before = source;
		}
		return text.toString();
	}

}
