package io.tandem.gateway.protection;

import java.net.InetAddress;
import java.util.List;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import io.tandem.gateway.firewall.CidrSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TrustedProxiesTests {

	private static final InetAddress PROXY = NetUtil.createInetAddressFromIpAddressString("10.0.0.1");

	private final TrustedProxies proxies = new TrustedProxies(CidrSet.parse(List.of("10.0.0.0/8", "fd00::/8")));

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "192.0.2.1; 192.0.2.1", "6.6.6.6, 192.0.2.1; 192.0.2.1",
			"192.0.2.1, 10.0.0.2; 192.0.2.1", "192.0.2.1,10.0.0.2 ,10.0.0.3; 192.0.2.1", "10.0.0.9; 10.0.0.9",
			"2001:db8::1, fd00::2; 2001:db8::1", "6.6.6.6, nonsense; 10.0.0.1", "6.6.6.6, nonsense, 10.0.0.2; 10.0.0.2",
			"''; 10.0.0.1", "192.0.2.1:1234; 192.0.2.1", "[2001:db8::1]:443; 2001:db8::1", "[2001:db8::1]; 2001:db8::1",
			"192.0.2.1, 10.0.0.2:80; 192.0.2.1", "6.6.6.6, [2001:db8::1; 10.0.0.1", "::ffff:192.0.2.1; 192.0.2.1",
			"6.6.6.6 | 192.0.2.1; 192.0.2.1", "192.0.2.1 | 10.0.0.2; 192.0.2.1" })
	void clientIsTheRightmostAddressThatIsNoProxy(String headers, String expected) throws Exception {
		assertThat(proxies.client(PROXY, headers(headers))).isEqualTo(InetAddress.getByName(expected));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "192.0.2.1; true", "192.0.2.1:1234; true", "10.0.0.9; true",
			"192.0.2.1, unknown; false", "unknown, 192.0.2.1; true", "_hidden, 10.0.0.2; false", "''; false" })
	void clientIsUnknownWhereNoAddressStands(String headers, boolean known) {
		assertThat(proxies.find(PROXY, headers(headers)).known()).isEqualTo(known);
	}

	@Test
	void proxyThatNamesNobodySpeaksForItself() {
		assertThat(proxies.find(PROXY, new DefaultHttpHeaders())).isEqualTo(new ForwardedClient(PROXY, true));
	}

	private static HttpHeaders headers(String text) {
		HttpHeaders headers = new DefaultHttpHeaders();
		for (String line : text.split(" \\| ", -1)) {
			headers.add("X-Forwarded-For", line);
		}
		return headers;
	}

}
