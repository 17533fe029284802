package io.tandem.benchmarks.report;

import java.util.Arrays;

/**
 * The same thing measured several times; all {@code NaN} if it never was.
 *
 * @param median the middle one, the mean of the middle two if there are as many on both
 * sides
 * @param least the least
 * @param most the most
 */
public record Summary(double median, double least, double most) {

	public static Summary of(double... values) {
		if (values.length == 0) {
			return new Summary(Double.NaN, Double.NaN, Double.NaN);
		}
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		int half = sorted.length / 2;
		double median = (sorted.length % 2 == 1) ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
		return new Summary(median, sorted[0], sorted[sorted.length - 1]);
	}

}
