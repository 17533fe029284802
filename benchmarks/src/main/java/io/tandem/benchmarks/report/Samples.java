package io.tandem.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What was measured of several subjects, one window of each in every round.
 *
 * @param <S> a subject
 * @param <W> what is measured in one window
 */
public final class Samples<S extends Comparable<S>, W> {

	private final Map<S, List<W>> windows = new TreeMap<>();

	public void add(S subject, W window) {
		this.windows.computeIfAbsent(subject, (key) -> new ArrayList<>()).add(window);
	}

	public List<S> subjects() {
		return List.copyOf(this.windows.keySet());
	}

	/** The windows of a subject, one for each round. */
	public List<W> of(S subject) {
		return this.windows.getOrDefault(subject, List.of());
	}

	/** One figure over all rounds. */
	public Summary of(S subject, ToDoubleFunction<W> figure) {
		return Summary.of(of(subject).stream().mapToDouble(figure).toArray());
	}

	/**
	 * The ratios of one figure to that of another subject in the same round.
	 * @param base the other subject
	 */
	public Summary ratio(S subject, S base, ToDoubleFunction<W> figure) {
		List<W> own = of(subject);
		List<W> other = of(base);
		double[] ratios = new double[Math.min(own.size(), other.size())];
		for (int i = 0; i < ratios.length; i++) {
			ratios[i] = figure.applyAsDouble(own.get(i)) / figure.applyAsDouble(other.get(i));
		}
		return Summary.of(ratios);
	}

}
