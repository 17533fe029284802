package io.tandem.dbrouter.gtid;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Collects intervals in any order, overlapping or not.
 */
final class GtidRuns {

	private final List<Run> runs = new ArrayList<>();

	void add(GtidSource source, long first, long last) {
		this.runs.add(new Run(source, first, last));
	}

	SortedMap<GtidSource, long[]> merged() {
		this.runs.sort(Comparator.comparing(Run::source).thenComparingLong(Run::first));
		SortedMap<GtidSource, long[]> merged = new TreeMap<>();
		int end;
		for (int start = 0; start < this.runs.size(); start = end) {
			GtidSource source = this.runs.get(start).source();
			end = start + 1;
			while (end < this.runs.size() && this.runs.get(end).source().equals(source)) {
				end++;
			}
			merged.put(source, Intervals.ofAscending(this.runs.subList(start, end)));
		}
		return merged;
	}

	record Run(GtidSource source, long first, long last) {
	}

}
