package io.tandem.gateway.balance;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Who takes requests between two changes. Replaced as a whole, so that no request sees a
 * part of a change.
 *
 * @param groups those that have somebody, in the order of their use
 * @param waiting why each of the others gets nothing now
 * @param kept those to which sticky clients may return
 * @param failedOver whether standby instances took over and have not given back
 * @param expires when slow start asks for new weights, or null
 */
record Rotation(Algorithm algorithm, List<Group> groups, Map<Member, String> waiting, List<Member> kept,
		boolean failedOver, @Nullable Long expires) {

	/** A tier that has somebody. */
	record Group(Tier tier, Candidates candidates) {

	}

	/** The group that serves, or null if nobody may. */
	@Nullable Group serving() {
		return groups.isEmpty() ? null : groups.getFirst();
	}

	/** The members that take requests as things should be: none when in panic. */
	boolean isInRotation(Member member) {
		Group serving = serving();
		return serving != null && serving.tier().isHealthy() && serving.candidates().contains(member);
	}

	@Nullable Member pick(long client, Tried tried, boolean onlyHealthy) {
		for (int i = 0; i < groups.size(); i++) {
			Group group = groups.get(i);
			if (onlyHealthy && !group.tier().isHealthy()) {
				return null;
			}
			if (tried.size() == 0 || group.candidates().hasOtherThan(tried)) {
				return algorithm.selector().select(group.candidates(), client, tried);
			}
		}
		return null;
	}

	boolean hasHealthyOtherThan(Member member) {
		for (Group group : groups) {
			if (!group.tier().isHealthy()) {
				return false;
			}
			Candidates candidates = group.candidates();
			if (candidates.size() > 1 || candidates.member(0) != member) {
				return true;
			}
		}
		return false;
	}

}
