package io.tandem.gateway.protection;

import java.net.InetAddress;
import java.util.List;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.tandem.gateway.firewall.CidrSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TrustedProxiesTests {

	private final TrustedProxies proxies = new TrustedProxies(CidrSet.parse(List.of("10.0.0.0/8", "fd00::/8")));

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "192.0.2.1; 192.0.2.1", "6.6.6.6, 192.0.2.1; 192.0.2.1",
			"192.0.2.1, 10.0.0.2; 192.0.2.1", "192.0.2.1,10.0.0.2 ,10.0.0.3; 192.0.2.1", "10.0.0.9; 10.0.0.9",
			"2001:db8::1, fd00::2; 2001:db8::1", "6.6.6.6, nonsense; 10.0.0.1", "6.6.6.6, nonsense, 10.0.0.2; 10.0.0.2",
			"''; 10.0.0.1", "192.0.2.1:1234; 10.0.0.1", "::ffff:192.0.2.1; 192.0.2.1", "6.6.6.6 | 192.0.2.1; 192.0.2.1",
			"192.0.2.1 | 10.0.0.2; 192.0.2.1" })
	void clientIsTheRightmostAddressThatIsNoProxy(String headers, String expected) throws Exception {
		HttpHeaders request = new DefaultHttpHeaders();
		for (String line : headers.split(" \\| ", -1)) {
			request.add("X-Forwarded-For", line);
		}
		assertThat(proxies.client(InetAddress.getByName("10.0.0.1"), request))
			.isEqualTo(InetAddress.getByName(expected));
	}

}
