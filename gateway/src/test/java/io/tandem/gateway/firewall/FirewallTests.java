package io.tandem.gateway.firewall;

import java.net.InetAddress;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FirewallTests {

	private final Firewall firewall = new Firewall(new FirewallRules(List.of(), List.of()));

	@Test
	void withoutRulesEverybodyMayConnect() throws Exception {
		assertThat(permits("192.0.2.1")).isTrue();
		assertThat(permits("2001:db8::1")).isTrue();
	}

	@Test
	void allowedAreOnlyThoseInTheListIfThereIsOne() throws Exception {
		firewall.rules(new FirewallRules(List.of("10.0.0.0/8"), List.of()));
		assertThat(permits("10.0.0.1")).isTrue();
		assertThat(permits("192.0.2.1")).isFalse();
		assertThat(permits("2001:db8::1")).isFalse();
	}

	@Test
	void deniedIsWhoIsInBothLists() throws Exception {
		firewall.rules(new FirewallRules(List.of("10.0.0.0/8"), List.of("10.6.6.6")));
		assertThat(permits("10.6.6.6")).isFalse();
		assertThat(permits("10.6.6.7")).isTrue();
	}

	@Test
	void versionChangesOnlyWithTheRules() {
		int before = firewall.version();
		firewall.rules(new FirewallRules(List.of(), List.of("10.6.6.6")));
		assertThat(firewall.version()).isNotEqualTo(before);
		before = firewall.version();
		firewall.rules(new FirewallRules(List.of(), List.of("10.6.6.6/32", " 10.6.6.6 ")));
		assertThat(firewall.version()).isEqualTo(before);
	}

	@Test
	void listsAreBounded() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new FirewallRules(List.of(), Collections.nCopies(1001, "10.0.0.0/8")));
	}

	private boolean permits(String address) throws Exception {
		return firewall.permits(InetAddress.getByName(address));
	}

}
