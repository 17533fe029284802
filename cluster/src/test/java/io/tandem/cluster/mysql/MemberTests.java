package io.tandem.cluster.mysql;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MemberTests {

	private final Member hung = online("17953155048721639:9");

	@Test
	void laterMembershipOfAWorkingMemberOutdatesAnEarlierOne() {
		assertThat(this.hung.isOutdatedBy(online("17953155048721639:10"))).isTrue();
		assertThat(online("17953155048721639:10").isOutdatedBy(this.hung)).isFalse();
		assertThat(this.hung.isOutdatedBy(online("17953155048721639:9"))).isFalse();
	}

	@Test
	void groupThatBeganLaterOutdatesAnEarlierOneHoweverOftenThatHasChanged() {
		assertThat(this.hung.isOutdatedBy(online("17953165186172801:1"))).isTrue();
	}

	@Test
	void memberThatDoesNotWorkOutdatesNobody() {
		assertThat(this.hung.isOutdatedBy(new Member("ERROR", false, false, 3, "17953165186172801:1"))).isFalse();
		assertThat(this.hung.isOutdatedBy(new Member("ONLINE", true, false, 3, "17953165186172801:1"))).isFalse();
	}

	private static Member online(String view) {
		return new Member("ONLINE", true, true, 3, view);
	}

}
