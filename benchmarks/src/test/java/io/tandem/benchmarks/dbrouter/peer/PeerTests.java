package io.tandem.benchmarks.dbrouter.peer;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class PeerTests {

	private static final Servers SERVERS = new Servers("127.0.0.1:1", "127.0.0.1:2", true, "app", "secret", "monitor",
			"other", 20);

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "LAZY", "LAZY_TUNED", "ROUTING" })
	void peerConfiguredByPropertiesIsToldWhereToGo(Peer peer) {
		Map<String, String> properties = PeerProperties.of(peer, SERVERS);
		assertThat(properties.keySet()).anyMatch((name) -> name.endsWith(".url"));
		assertThat(SpringDataSources.of(peer, SERVERS)).isNull();
	}

	@ParameterizedTest
	@EnumSource(names = { "LAZY", "LAZY_TUNED", "ROUTING" })
	void peerOfSpringsPartsHasABean(Peer peer) {
		assertThat(SpringDataSources.of(peer, SERVERS)).isNotNull();
	}

	@Test
	void connectionsAreEncryptedUnlessSomebodyCountsCommands() {
		assertThat(SERVERS.primaryUrl()).isEqualTo("jdbc:mysql://127.0.0.1:1/tandem?sslMode=REQUIRED");
		Servers proxied = new Servers("127.0.0.1:1", "127.0.0.1:2", false, "app", "secret", "monitor", "other", 20);
		assertThat(proxied.url("jdbc:mysql:", proxied.both(), "a=b"))
			.isEqualTo("jdbc:mysql://127.0.0.1:1,127.0.0.1:2/tandem?a=b&sslMode=DISABLED&allowPublicKeyRetrieval=true");
	}

	@Test
	void shardingSphereReadsFromTheReplicaInTransactionsToo() {
		assertThat(ShardingSphereFile.text(SERVERS)).contains("    jdbcUrl: \"" + SERVERS.replicaUrl() + "\"\n",
				"transactionalReadQueryStrategy: DYNAMIC");
	}

}
