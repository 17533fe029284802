package io.tandem.gateway.balance;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * Instances to choose from, their weights and whose turn it is. Never changes but for the
 * turn; at least one instance.
 */
final class Candidates {

	private final Member[] members;

	/** In hundredths, so that slow start can begin with a tenth of a weight of 1. */
	private final int[] weights;

	private final long totalWeight;

	private final WeightedSequence turns;

	/**
	 * Creates the candidates.
	 * @param weights in hundredths, each at least 1
	 * @param previous whose turns are continued, as far as they are the same instances
	 */
	Candidates(List<Member> members, int[] weights, @Nullable Candidates previous) {
		this.members = members.toArray(Member[]::new);
		this.weights = weights.clone();
		this.totalWeight = Arrays.stream(weights).asLongStream().sum();
		this.turns = turns(previous);
	}

	private WeightedSequence turns(@Nullable Candidates previous) {
		double[] debts = new double[members.length];
		if (previous != null) {
			if (Arrays.equals(previous.members, members) && Arrays.equals(previous.weights, weights)) {
				return previous.turns;
			}
			double[] before = previous.turns.debts();
			for (int i = 0; i < members.length; i++) {
				int index = previous.indexOf(members[i]);
				debts[i] = (index != -1) ? before[index] : 0;
			}
		}
		return new WeightedSequence(weights, debts);
	}

	int size() {
		return members.length;
	}

	Member member(int index) {
		return members[index];
	}

	/** In hundredths. */
	int weight(int index) {
		return weights[index];
	}

	long totalWeight() {
		return totalWeight;
	}

	boolean contains(Member member) {
		return indexOf(member) != -1;
	}

	int indexOf(Member member) {
		for (int i = 0; i < members.length; i++) {
			if (members[i] == member) {
				return i;
			}
		}
		return -1;
	}

	boolean hasOtherThan(Tried tried) {
		return firstIndex(tried) != -1;
	}

	/** The first that was not tried; there must be one. */
	Member first(Tried tried) {
		return members[firstIndex(tried)];
	}

	/** The index of the first that was not tried, or -1. */
	int firstIndex(Tried tried) {
		for (int i = 0; i < members.length; i++) {
			if (!tried.contains(members[i])) {
				return i;
			}
		}
		return -1;
	}

	Member next() {
		return members[nextIndex()];
	}

	/** Takes the next turn. */
	int nextIndex() {
		return turns.next();
	}

	/** Any candidate, as often as its weight says. */
	int randomIndex(RandomGenerator random) {
		return turns.random(random);
	}

}
