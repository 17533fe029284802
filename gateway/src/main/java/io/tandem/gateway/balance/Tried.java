package io.tandem.gateway.balance;

import java.util.Arrays;

/**
 * The instances that failed one request, in order. Immutable; nearly every request has
 * {@link #NONE}.
 */
final class Tried {

	static final Tried NONE = new Tried(new Member[0], new Failure[0]);

	private final Member[] members;

	private final Failure[] failures;

	private Tried(Member[] members, Failure[] failures) {
		this.members = members;
		this.failures = failures;
	}

	Tried and(Member member, Failure failure) {
		Member[] more = Arrays.copyOf(members, members.length + 1);
		Failure[] why = Arrays.copyOf(failures, members.length + 1);
		more[members.length] = member;
		why[members.length] = failure;
		return new Tried(more, why);
	}

	int size() {
		return members.length;
	}

	Member member(int index) {
		return members[index];
	}

	Failure failure(int index) {
		return failures[index];
	}

	boolean contains(Member member) {
		for (Member each : members) {
			if (each == member) {
				return true;
			}
		}
		return false;
	}

}
