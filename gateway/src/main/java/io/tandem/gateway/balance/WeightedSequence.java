package io.tandem.gateway.balance;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * The turns of smooth weighted round robin (nginx, commit 52327e0627f4), computed once
 * for a set of weights: taking a turn is one atomic increment, whatever the number of
 * candidates and threads.
 * <p>
 * Each candidate has a debt, the share of a round that it has waited for (positive) or
 * has had in advance (negative). Whoever is owed most is next. After one round, in which
 * each has had as many turns as its weight, all debts are zero again.
 */
final class WeightedSequence {

	/** Turns in a round. Finer proportions are rounded to it. */
	private static final int LONGEST = 4096;

	private final int[] weights;

	private final short[] round;

	/** A long: an int would wrap within days and then repeat a candidate. */
	private final AtomicLong turn;

	/**
	 * Creates the sequence.
	 * @param weights of the candidates, each at least 1
	 * @param debts what each is owed from an earlier sequence: this one starts at the
	 * turn that fits best, so that a change of weights is no burst for anybody
	 */
	WeightedSequence(int[] weights, double[] debts) {
		this.weights = reduce(weights);
		int total = Arrays.stream(this.weights).sum();
		this.round = new short[total];
		int[] current = new int[weights.length];
		int start = 0;
		double nearest = Double.MAX_VALUE;
		for (int i = 0; i < total; i++) {
			double distance = distance(current, total, debts);
			if (distance < nearest) {
				nearest = distance;
				start = i;
			}
			round[i] = step(current, total);
		}
		this.turn = new AtomicLong(start);
	}

	int next() {
		return round[(int) (turn.getAndIncrement() % round.length)];
	}

	int random(RandomGenerator random) {
		return round[random.nextInt(round.length)];
	}

	/** What each candidate is owed before the next turn, in rounds. */
	double[] debts() {
		int[] current = new int[weights.length];
		int done = (int) (turn.get() % round.length);
		for (int i = 0; i < done; i++) {
			step(current, round.length);
		}
		return Arrays.stream(current).mapToDouble((each) -> (double) each / round.length).toArray();
	}

	private short step(int[] current, int total) {
		int best = 0;
		for (int i = 0; i < current.length; i++) {
			current[i] += weights[i];
			if (current[i] > current[best]) {
				best = i;
			}
		}
		current[best] -= total;
		return (short) best;
	}

	private static double distance(int[] current, int total, double[] debts) {
		double distance = 0;
		for (int i = 0; i < current.length; i++) {
			double difference = (double) current[i] / total - debts[i];
			distance += difference * difference;
		}
		return distance;
	}

	private static int[] reduce(int[] weights) {
		int divisor = Arrays.stream(weights).reduce(0, WeightedSequence::greatestCommonDivisor);
		long total = Arrays.stream(weights).asLongStream().sum() / divisor;
		if (total <= LONGEST) {
			return Arrays.stream(weights).map((weight) -> weight / divisor).toArray();
		}
		double scale = (double) LONGEST / divisor / total;
		return Arrays.stream(weights).map((weight) -> Math.max(1, (int) Math.round(weight * scale))).toArray();
	}

	private static int greatestCommonDivisor(int a, int b) {
		return (b == 0) ? a : greatestCommonDivisor(b, a % b);
	}

}
