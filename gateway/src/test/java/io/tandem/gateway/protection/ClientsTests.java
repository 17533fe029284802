package io.tandem.gateway.protection;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.tandem.gateway.firewall.CidrSet;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class ClientsTests {

	private final Clients clients = new Clients(limits(), CidrSet.parse(List.of("127.0.0.0/8")));

	@Test
	void connectionsOfAClientAreBounded() throws Exception {
		ClientRecord client = connected("192.0.2.1");
		connected("192.0.2.1");
		assertThat(clients.connect(address("192.0.2.1"))).isNull();
		assertThat(clients.connect(address("192.0.2.2"))).isNotNull();
		clients.disconnect(client);
		assertThat(clients.connect(address("192.0.2.1"))).isNotNull();
	}

	@Test
	void connectionsAreBoundedInTotalEvenOfThoseWithoutLimits() throws Exception {
		for (int i = 0; i < 5; i++) {
			connected("127.0.0.1");
		}
		assertThat(clients.connect(address("127.0.0.1"))).isNull();
		assertThat(clients.connect(address("192.0.2.1"))).isNull();
		assertThat(clients.connections()).isEqualTo(5);
	}

	@Test
	void refusedConnectionCountsNothing() throws Exception {
		connected("192.0.2.1");
		connected("192.0.2.1");
		clients.connect(address("192.0.2.1"));
		assertThat(clients.connections()).isEqualTo(2);
	}

	@Test
	void addressesOfAnIpv6NetworkAreOneClient() throws Exception {
		assertThat(clients.record(address("2001:db8::1"))).isSameAs(clients.record(address("2001:db8::ffff:2")));
		assertThat(clients.record(address("2001:db8:0:1::1"))).isNotSameAs(clients.record(address("2001:db8::1")));
	}

	@Test
	void requestsBeyondTheBurstAreTooMany() throws Exception {
		ClientRecord client = clients.record(address("192.0.2.1"));
		for (int i = 0; i < 20; i++) {
			assertThat(client.mayRequest()).isTrue();
		}
		assertThat(client.mayRequest()).isFalse();
		assertThat(clients.record(address("192.0.2.2")).mayRequest()).isTrue();
		ClientRecord exempt = clients.record(address("127.0.0.1"));
		for (int i = 0; i < 1000; i++) {
			assertThat(exempt.mayRequest()).isTrue();
		}
	}

	@Test
	void thoseWhomAProxyDoesNotNameAreOneClientWithLimits() throws Exception {
		ClientRecord unknown = clients.unknown(address("127.0.0.1"));
		for (int i = 0; i < 20; i++) {
			assertThat(unknown.mayRequest()).isTrue();
		}
		assertThat(clients.unknown(address("127.0.0.1")).mayRequest()).isFalse();
		assertThat(clients.record(address("127.0.0.1")).mayRequest()).isTrue();
	}

	@Test
	void numberOfClientsKeptIsBoundedAndConnectedOnesAreAmongThem() throws Exception {
		ClientRecord connected = connected("192.0.2.1");
		for (int i = 0; i < 1000; i++) {
			clients.record(address("10.0." + i / 250 + "." + i % 250)).mayRequest();
			assertThat(clients.size()).isLessThanOrEqualTo(100);
		}
		assertThat(clients.record(address("192.0.2.1"))).isSameAs(connected);
	}

	private ClientRecord connected(String address) throws Exception {
		return Objects.requireNonNull(clients.connect(address(address)));
	}

	private static InetAddress address(String text) throws Exception {
		return InetAddress.getByName(text);
	}

	private static LimitProperties limits() {
		Duration second = Duration.ofSeconds(1);
		return new LimitProperties(second, second, DataSize.ofKilobytes(1), second, 100, DataSize.ofMegabytes(1), 5, 2,
				1, 20, 100, List.of());
	}

}
