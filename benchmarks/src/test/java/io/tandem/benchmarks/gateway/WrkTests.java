package io.tandem.benchmarks.gateway;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class WrkTests {

	private static final String OUTPUT = """
			Running 5s test @ http://127.0.0.1:1234/
			  1 threads and 64 connections
			  Thread Stats   Avg      Stdev     Max   +/- Stdev
			    Latency     1.20ms    1.06ms  20.37ms   93.34%
			    Req/Sec    55.74k     3.35k   61.12k    86.00%
			  Latency Distribution
			     50%  987.00us
			     75%    1.21ms
			     90%    1.76ms
			     99%    1.05s
			  277401 requests in 5.01s, 318.50MB read
			Requests/sec:  55351.02
			Transfer/sec:     63.55MB
			""";

	@Test
	void figuresAreInMilliseconds() throws IOException {
		assertThat(Wrk.parse(OUTPUT)).isEqualTo(new Wrk.Result(277_401, 55_351.02, 0.987, 1050, 0));
	}

	@Test
	void allKindsOfErrorsCount() throws IOException {
		String errors = "  Socket errors: connect 1, read 2, write 3, timeout 4\n  Non-2xx or 3xx responses: 10\n";
		assertThat(Wrk.parse(OUTPUT + errors).errors()).isEqualTo(20);
	}

	@Test
	void whatItSaysInsteadIsShown() {
		assertThatIOException().isThrownBy(() -> Wrk.parse("unable to connect")).withMessageContaining("unable");
	}

}
