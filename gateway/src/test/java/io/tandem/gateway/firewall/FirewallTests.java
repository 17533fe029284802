package io.tandem.gateway.firewall;

import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

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
	void listsAreBounded() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new FirewallRules(List.of(), Collections.nCopies(1001, "10.0.0.0/8")));
	}

	@Test
	void passIsNoLongerValidAfterAChangeHoweverEarly() throws Exception {
		Firewall.Pass pass = Objects.requireNonNull(firewall.admit(InetAddress.getByName("192.0.2.1")));
		firewall.rules(new FirewallRules(List.of(), List.of("192.0.2.1")));
		assertThat(pass.isValid()).isFalse();
		assertThat(pass.isValid()).isFalse();
		assertThat(firewall.admit(InetAddress.getByName("192.0.2.1"))).isNull();
		firewall.rules(new FirewallRules(List.of(), List.of("192.0.2.2")));
		assertThat(pass.isValid()).isTrue();
	}

	@Test
	void whoeverIsNotKnownIsNotOnAList() {
		assertThat(firewall.permitsUnknown()).isTrue();
		firewall.rules(new FirewallRules(List.of(), List.of("192.0.2.1")));
		assertThat(firewall.permitsUnknown()).isTrue();
		firewall.rules(new FirewallRules(List.of("192.0.2.1"), List.of()));
		assertThat(firewall.permitsUnknown()).isFalse();
	}

	private boolean permits(String address) throws Exception {
		return firewall.permits(InetAddress.getByName(address));
	}

}
