package io.tandem.gateway.trace;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TracesTests {

	private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

	private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

	private final HttpHeaders headers = new DefaultHttpHeaders();

	@Test
	void requestWithoutATraceBeginsOne() {
		new Traces(1).ensure(headers);
		assertThat(headers.get("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
		assertThat(Traces.of(headers)).isEqualTo(headers.get("traceparent").substring(3, 35));
	}

	@Test
	void samplingDecidesWhichTracesAreExported() {
		int sampled = 0;
		for (int i = 0; i < 10_000; i++) {
			headers.clear();
			new Traces(0.25).ensure(headers);
			sampled += headers.get("traceparent").endsWith("-01") ? 1 : 0;
		}
		assertThat(sampled).isBetween(2_200, 2_800);
	}

	@ParameterizedTest
	@ValueSource(strings = { PARENT, "00-" + TRACE + "-b7ad6b7169203331-00", "cc-" + TRACE + "-b7ad6b7169203331-01",
			"cc-" + TRACE + "-b7ad6b7169203331-01-more" })
	void senderTraceIsKept(String parent) {
		headers.add("traceparent", parent).add("tracestate", "a=1");
		new Traces(1).ensure(headers);
		assertThat(headers.getAll("traceparent")).containsExactly(parent);
		assertThat(headers.get("tracestate")).isEqualTo("a=1");
		assertThat(Traces.of(headers)).isEqualTo(TRACE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "00", "00-" + TRACE + "-b7ad6b7169203331", "00-" + TRACE + "-b7ad6b7169203331-01-more",
			"cc-" + TRACE + "-b7ad6b7169203331-01.more", "ff-" + TRACE + "-b7ad6b7169203331-01",
			"00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
			"00-00000000000000000000000000000000-b7ad6b7169203331-01", "00-" + TRACE + "-0000000000000000-01",
			"00-" + TRACE + "-b7ad6b716920333g-01", "00_" + TRACE + "-b7ad6b7169203331-01",
			"0x-" + TRACE + "-b7ad6b7169203331-01", "00-" + TRACE + "-b7ad6b7169203331-0x" })
	void invalidTraceIsReplaced(String parent) {
		headers.add("traceparent", parent).add("tracestate", "a=1");
		new Traces(0).ensure(headers);
		assertThat(headers.getAll("traceparent")).singleElement().asString().endsWith("-00").isNotEqualTo(parent);
		assertThat(headers.contains("tracestate")).isFalse();
	}

	@Test
	void twoTracesAreNone() {
		headers.add("traceparent", PARENT).add("traceparent", PARENT);
		new Traces(1).ensure(headers);
		assertThat(headers.getAll("traceparent")).singleElement().isNotEqualTo(PARENT);
	}

}
