package io.tandem.cluster.mysql;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class GtidsTests {

	private static final String SERVER = "3e11fa47-71ca-11e1-9e33-c80aa9429562";

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			''            | 0
			S:7           | 1
			S:1-5         | 5
			S:1-5:7:11-12 | 8
			S:1-2,S:4     | 3
			S:tag:1-3     | 3
			""")
	void transactionsOfASetAreCounted(String set, long count) {
		assertThat(Gtids.count(set.replace("S", SERVER))).isEqualTo(count);
	}

	@Test
	void numberIsSaidInWords() {
		assertThat(Gtids.counted(SERVER + ":1")).isEqualTo("1 transaction");
		assertThat(Gtids.counted(SERVER + ":1-3")).isEqualTo("3 transactions");
	}

}
