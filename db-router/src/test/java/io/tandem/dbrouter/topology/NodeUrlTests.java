package io.tandem.dbrouter.topology;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NodeUrlTests {

	@Test
	void partsAreFound() {
		NodeUrl url = NodeUrl.parse("jdbc:mysql://Db-1.example:3307/app?sslMode=REQUIRED&SocketTimeout=5000");
		assertThat(url.server()).isEqualTo("db-1.example:3307");
		assertThat(url.database()).isEqualTo("app");
		assertThat(url.parameters()).containsEntry("sslmode", "REQUIRED").containsEntry("socketTimeout", "5000");
	}

	@Test
	void portAndDatabaseMayBeMissing() {
		NodeUrl url = NodeUrl.parse("jdbc:mysql://db-1");
		assertThat(url.server()).isEqualTo("db-1:3306");
		assertThat(url.database()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			jdbc:postgresql://db-1/app, does not start with jdbc:mysql://
			jdbc:mysql:replication://db-1/app, does not start with jdbc:mysql://
			'jdbc:mysql://db-1,db-2/app', names 2 servers
			db-1:3306, does not start with jdbc:mysql://
			""")
	void whatIsNoSingleServerIsRefused(String url, String reason) {
		assertThatIllegalArgumentException().isThrownBy(() -> NodeUrl.parse(url)).withMessageContaining(reason);
	}

}
