package io.tandem.gateway.balance;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Works out a rotation from the conditions of all members. Used once.
 */
final class RotationPlan {

	private final Map<Tier, List<Member>> tiers = new EnumMap<>(Tier.class);

	private final Map<Member, String> waiting = new LinkedHashMap<>();

	private final Algorithm algorithm;

	private final FailBack failBack;

	private final SlowStart slowStart;

	private final long now;

	private @Nullable Long expires;

	RotationPlan(Algorithm algorithm, FailBack failBack, SlowStart slowStart, long now) {
		this.algorithm = algorithm;
		this.failBack = failBack;
		this.slowStart = slowStart;
		this.now = now;
		for (Tier tier : Tier.values()) {
			tiers.put(tier, new ArrayList<>());
		}
	}

	/**
	 * Draws up the rotation.
	 * @param previous the one that it replaces, whose turns it continues
	 */
	Rotation draw(List<Member> members, @Nullable Rotation previous) {
		members.forEach(this::assign);
		boolean failedOver = chooseServing(members, previous);
		List<Rotation.Group> groups = new ArrayList<>();
		for (Tier tier : failedOver ? List.of(Tier.STANDBY, Tier.ACTIVE, Tier.PANIC, Tier.LAST_RESORT)
				: List.of(Tier.values())) {
			List<Member> group = members(tier);
			if (!group.isEmpty()) {
				groups.add(new Rotation.Group(tier, candidates(group, previous)));
			}
		}
		explain(groups);
		List<Member> kept = members.stream().filter((member) -> keepsStickyClients(member, groups)).toList();
		return new Rotation(algorithm, List.copyOf(groups), waiting, kept, failedOver, expires);
	}

	private List<Member> members(Tier tier) {
		return tiers.getOrDefault(tier, List.of());
	}

	private void assign(Member member) {
		Condition condition = member.condition();
		AdminState state = condition.state();
		if (state == AdminState.MAINTENANCE) {
			waiting.put(member, "in maintenance");
		}
		else if (state == AdminState.DRAIN || condition.weight() == 0) {
			put(Tier.LAST_RESORT, member, (state == AdminState.DRAIN) ? "draining" : "weight 0");
		}
		else if (!condition.available()) {
			put(Tier.PANIC, member, condition.reason());
		}
		else if (state == AdminState.STANDBY) {
			put(Tier.STANDBY, member, "standby");
		}
		else {
			put(Tier.ACTIVE, member, "active, but the standby serves until the fail-back");
		}
	}

	private void put(Tier tier, Member member, String why) {
		members(tier).add(member);
		waiting.put(member, why);
	}

	/** Returns whether the standby tier serves. */
	private boolean chooseServing(List<Member> members, @Nullable Rotation previous) {
		List<Member> active = members(Tier.ACTIVE);
		List<Member> standby = members(Tier.STANDBY);
		if (algorithm == Algorithm.ACTIVE_PASSIVE
				&& members.stream().noneMatch((member) -> member.condition().state() == AdminState.STANDBY)) {
			chooseOne(active, standby, previous);
			return false;
		}
		boolean before = previous != null && previous.failedOver() && failBack == FailBack.MANUAL;
		return !standby.isEmpty() && (active.isEmpty() || before);
	}

	private void chooseOne(List<Member> active, List<Member> standby, @Nullable Rotation previous) {
		if (active.isEmpty()) {
			return;
		}
		Member one = active.getFirst();
		if (failBack == FailBack.MANUAL && previous != null && previous.algorithm() == Algorithm.ACTIVE_PASSIVE) {
			one = active.stream().filter(previous::isInRotation).findFirst().orElse(one);
		}
		for (Member member : List.copyOf(active)) {
			if (member != one) {
				active.remove(member);
				standby.add(member);
				waiting.put(member, "passive while " + one + " serves");
			}
		}
	}

	private Candidates candidates(List<Member> group, @Nullable Rotation previous) {
		int[] weights = group.stream().mapToInt(this::weight).toArray();
		return new Candidates(group, weights, previousOf(group, previous));
	}

	/** The candidates among which most of the group took turns so far. */
	private static @Nullable Candidates previousOf(List<Member> group, @Nullable Rotation previous) {
		if (previous == null) {
			return null;
		}
		return previous.groups()
			.stream()
			.map(Rotation.Group::candidates)
			.filter((candidates) -> group.stream().anyMatch(candidates::contains))
			.findFirst()
			.orElse(null);
	}

	private int weight(Member member) {
		Condition condition = member.condition();
		int percent = 100;
		Long since = condition.rampingSince();
		if (since != null) {
			long elapsed = now - since;
			percent = slowStart.percent(elapsed);
			long next = since + slowStart.nextStep(elapsed);
			if (expires == null || next - expires < 0) {
				expires = next;
			}
		}
		// Draining members have to share what nobody else can take.
		return Math.max(1, condition.weight()) * percent;
	}

	/** Nobody waits who serves. */
	private void explain(List<Rotation.Group> groups) {
		if (!groups.isEmpty()) {
			Candidates serving = groups.getFirst().candidates();
			waiting.keySet().removeIf(serving::contains);
		}
	}

	private static boolean keepsStickyClients(Member member, List<Rotation.Group> groups) {
		Condition condition = member.condition();
		boolean serves = !groups.isEmpty() && groups.getFirst().candidates().contains(member);
		return serves || (condition.available() && condition.state() == AdminState.READY && condition.weight() == 0);
	}

}
