package io.tandem.dbrouter.gtid;

import java.util.Arrays;
import java.util.List;

/**
 * Sets of transaction numbers as arrays of first, last, first, last, … which ascend and
 * leave a gap between one interval and the next.
 */
final class Intervals {

	private Intervals() {
	}

	static boolean contains(long[] set, long[] other) {
		int i = 0;
		for (int j = 0; j < other.length; j += 2) {
			while (i < set.length && set[i + 1] < other[j]) {
				i += 2;
			}
			if (i == set.length || set[i] > other[j] || set[i + 1] < other[j + 1]) {
				return false;
			}
		}
		return true;
	}

	/** Joins runs that ascend by their first number and may overlap. */
	static long[] ofAscending(List<GtidRuns.Run> runs) {
		long[] result = new long[2 * runs.size()];
		int length = 0;
		for (GtidRuns.Run run : runs) {
			length = append(result, length, run.first(), run.last());
		}
		return Arrays.copyOf(result, length);
	}

	private static int append(long[] result, int length, long first, long last) {
		if (length > 0 && first <= result[length - 1] + 1) {
			result[length - 1] = Math.max(result[length - 1], last);
			return length;
		}
		result[length] = first;
		result[length + 1] = last;
		return length + 2;
	}

	static long[] union(long[] one, long[] other) {
		long[] result = new long[one.length + other.length];
		int length = 0;
		int i = 0;
		int j = 0;
		while (i < one.length || j < other.length) {
			boolean takeOne = j == other.length || (i < one.length && one[i] <= other[j]);
			long first = takeOne ? one[i] : other[j];
			long last = takeOne ? one[i + 1] : other[j + 1];
			i += takeOne ? 2 : 0;
			j += takeOne ? 0 : 2;
			length = append(result, length, first, last);
		}
		return Arrays.copyOf(result, length);
	}

	static long[] minus(long[] set, long[] other) {
		long[] result = new long[set.length + other.length];
		int length = 0;
		int j = 0;
		for (int i = 0; i < set.length; i += 2) {
			long first = set[i];
			long last = set[i + 1];
			while (j < other.length && other[j + 1] < first) {
				j += 2;
			}
			for (int k = j; k < other.length && other[k] <= last; k += 2) {
				if (other[k] > first) {
					result[length++] = first;
					result[length++] = other[k] - 1;
				}
				first = other[k + 1] + 1;
			}
			if (first <= last) {
				result[length++] = first;
				result[length++] = last;
			}
		}
		return Arrays.copyOf(result, length);
	}

	/**
	 * Fills the smallest gaps until at most so many intervals are left. A large one
	 * stays: the members of a replication group number their transactions in blocks of
	 * their own, and nobody ever has what lies between.
	 */
	static long[] condensed(long[] set, int most) {
		int excess = set.length / 2 - most;
		if (excess <= 0) {
			return set;
		}
		long[] gaps = new long[set.length / 2 - 1];
		for (int i = 0; i < gaps.length; i++) {
			gaps[i] = set[2 * i + 2] - set[2 * i + 1];
		}
		long[] ascending = gaps.clone();
		Arrays.sort(ascending);
		long largestFilled = ascending[excess - 1];
		long[] result = { set[0], set[1] };
		for (int i = 0; i < gaps.length; i++) {
			if (gaps[i] > largestFilled) {
				result = Arrays.copyOf(result, result.length + 2);
				result[result.length - 2] = set[2 * i + 2];
			}
			result[result.length - 1] = set[2 * i + 3];
		}
		return result;
	}

	static long size(long[] set) {
		long size = 0;
		for (int i = 0; i < set.length; i += 2) {
			size += set[i + 1] - set[i] + 1;
		}
		return size;
	}

	static void append(StringBuilder text, long[] set) {
		for (int i = 0; i < set.length; i += 2) {
			text.append(':').append(set[i]);
			if (set[i + 1] > set[i]) {
				text.append('-').append(set[i + 1]);
			}
		}
	}

}
