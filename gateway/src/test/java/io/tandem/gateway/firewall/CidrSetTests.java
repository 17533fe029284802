package io.tandem.gateway.firewall;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CidrSetTests {

	@ParameterizedTest
	@CsvSource({ "10.0.0.0/8,10.255.0.1,true", "10.0.0.0/8,11.0.0.0,false", "10.0.0.0/8,9.255.255.255,false",
			"10.1.2.3/8,10.0.0.0,true", "192.0.2.7,192.0.2.7,true", "192.0.2.7,192.0.2.8,false",
			"0.0.0.0/0,255.255.255.255,true", "0.0.0.0/0,::1,false", "::/0,127.0.0.1,false", "::/0,2001:db8::1,true",
			"128.0.0.0/1,127.255.255.255,false", "128.0.0.0/1,200.0.0.1,true", "2001:db8::/32,2001:db8:ffff::1,true",
			"2001:db8::/32,2001:db9::,false", "::ffff:10.0.0.0/104,10.9.9.9,true", "::ffff:10.0.0.0/104,11.0.0.0,false",
			"::ffff:192.0.2.7,192.0.2.7,true", "192.0.2.0/31,192.0.2.1,true", "192.0.2.0/31,192.0.2.2,false" })
	void networkHasItsAddressesAndNoOthers(String network, String address, boolean expected) throws Exception {
		assertThat(CidrSet.parse(List.of(network)).contains(InetAddress.getByName(address))).isEqualTo(expected);
	}

	/** Java's own parser would make an IPv4 address of it; a socket need not. */
	@Test
	void mappedAddressIsTheIpv4AddressInIt() throws Exception {
		byte[] mapped = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 1, 2, 3 };
		InetAddress address = Inet6Address.getByAddress(null, mapped, 0);
		assertThat(address).isInstanceOf(Inet6Address.class);
		assertThat(CidrSet.parse(List.of("10.0.0.0/8")).contains(address)).isTrue();
		assertThat(CidrSet.parse(List.of("::/0")).contains(address)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0/8", "256.0.0.0/8", "::/129",
			"example.test", "10.0.0.0/8/8", "fe80::1%eth0", "::ffff:10.0.0.0/90", "10.0.0.0/ 8" })
	void otherTextsAreRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Cidr.parse(text)).withMessageContaining("'" + text + "'");
		assertThat(Cidr.isValid(text)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "10.1.2.3/8,10.0.0.0/8", "1.2.3.4,1.2.3.4/32", "2001:DB8:0::1/32,2001:db8::/32",
			"::ffff:1.2.3.4,1.2.3.4/32" })
	void networksHaveOneForm(String text, String expected) {
		assertThat(Cidr.parse(text)).hasToString(expected);
	}

	@Test
	void manyOverlappingNetworksAgreeWithEachOfThem() throws Exception {
		Random random = new Random(1);
		List<String> networks = IntStream.range(0, 300)
			.mapToObj((i) -> random.nextInt(4) + "." + random.nextInt(256) + "." + random.nextInt(256) + ".0/"
					+ (12 + random.nextInt(21)))
			.toList();
		CidrSet all = CidrSet.parse(networks);
		List<CidrSet> each = networks.stream().map((network) -> CidrSet.parse(List.of(network))).toList();
		int hits = 0;
		for (int i = 0; i < 5000; i++) {
			InetAddress address = address(random);
			boolean expected = each.stream().anyMatch((network) -> network.contains(address));
			assertThat(all.contains(address)).as(address.toString()).isEqualTo(expected);
			hits += expected ? 1 : 0;
		}
		assertThat(hits).isBetween(500, 4500);
	}

	private static InetAddress address(Random random) throws UnknownHostException {
		return InetAddress.getByAddress(new byte[] { (byte) random.nextInt(4), (byte) random.nextInt(256),
				(byte) random.nextInt(256), (byte) random.nextInt(256) });
	}

}
