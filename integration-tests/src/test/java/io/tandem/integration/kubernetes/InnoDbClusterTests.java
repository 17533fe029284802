package io.tandem.integration.kubernetes;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The databases of the overlay {@code operator}, which no overlay contains: that what
 * web-apps and the documentation say of them is true. No operator has seen them.
 */
class InnoDbClusterTests {

	private final InnoDbCluster cluster = InnoDbCluster.read();

	@Test
	void unknownFieldFails() {
		assertThatExceptionOfType(UnrecognizedPropertyException.class)
			.isThrownBy(() -> InnoDbCluster.parse("spec: {instances: 3, routers: {instances: 0}}"))
			.withMessageContaining("routers");
	}

	@Test
	void isThreeMembersWithoutMySqlRouterApartFromTheRestrictedPods() {
		assertThat(this.cluster.apiVersion()).isEqualTo("mysql.oracle.com/v2");
		assertThat(this.cluster.kind()).isEqualTo("InnoDBCluster");
		assertThat(this.cluster.metadata().getNamespace()).isNotEqualTo("tandem");
		assertThat(this.cluster.spec().instances()).isEqualTo(3);
		assertThat(this.cluster.spec().router().instances()).isZero();
		assertThat(this.cluster.spec().datadirVolumeClaimTemplate().getAccessModes()).containsExactly("ReadWriteOnce");
		assertThat(this.cluster.spec().datadirVolumeClaimTemplate().getResources().getRequests())
			.containsOnlyKeys("storage");
	}

	@Test
	void eachMemberIsANodeOfDbRouterWhichAsksForTheGroup() throws IOException {
		Properties settings = properties("k8s/components/innodb-cluster/application-innodb-cluster.properties");
		assertThat(settings).containsEntry("db-router.topology.provider", "group-replication")
			.hasSize(1 + this.cluster.spec().instances());
		for (String host : this.cluster.hosts()) {
			assertThat(settings).containsEntry("db-router.nodes." + host.replaceFirst("\\..*", "") + ".url",
					"jdbc:mysql://" + host + ":3306/tandem?${tls}");
		}
	}

	@Test
	void serversSayWhatTheyCommitAsThoseOfTheOtherOverlays() throws IOException {
		List<String> lines = this.cluster.spec().mycnf().lines().filter((line) -> !line.equals("[mysqld]")).toList();
		assertThat(lines).containsExactly("session_track_gtids = OWN_GTID");
		assertThat(Files.readAllLines(Kubectl.ROOT.resolve("ops/mysql/tandem.cnf"))).containsAll(lines);
	}

	@Test
	void webAppsMayReachThemAndNoOtherDatabase() {
		List<NetworkPolicyEgressRule> ways = Manifests.of("operator")
			.one(NetworkPolicy.class, "web-app")
			.getSpec()
			.getEgress();
		assertThat(ways).singleElement()
			.satisfies((way) -> assertThat(way.getTo()).singleElement().satisfies((peer) -> {
				assertThat(peer.getNamespaceSelector().getMatchLabels())
					.isEqualTo(Map.of("kubernetes.io/metadata.name", this.cluster.metadata().getNamespace()));
				assertThat(peer.getPodSelector().getMatchLabels())
					.isEqualTo(Map.of("mysql.oracle.com/cluster", this.cluster.name(), "component", "mysqld"));
			}));
	}

	@Test
	void documentationMakesItsSecretsInItsNamespace() throws IOException {
		String document = document();
		String create = "kubectl -n " + this.cluster.metadata().getNamespace() + " create secret ";
		assertThat(document).contains("kubectl create namespace " + this.cluster.metadata().getNamespace() + "\n")
			.contains("*." + this.cluster.domain())
			.contains(create + "tls " + this.cluster.spec().tlsSecretName() + " ");
		assertThat(lines(document, create + "generic " + this.cluster.spec().secretName() + " ")).singleElement()
			.asString()
			.contains("=rootUser=", "=rootHost=", "=rootPassword=");
		assertThat(lines(document, create + "generic " + this.cluster.spec().tlsCASecretName() + " ")).singleElement()
			.asString()
			.endsWith("--from-file=ca.pem");
	}

	@Test
	void documentationMakesTheAccountsOfDbRouterAndItsSchema() throws IOException {
		Properties webApp = properties("ops/web-app.properties");
		String document = document();
		assertThat(Pattern.compile("CREATE USER (\\w+)").matcher(document).results().map((user) -> user.group(1)))
			.containsExactlyInAnyOrderElementsOf(
					Stream.of("db-router.username", "db-router.monitor.username", "db-router.migration.username")
						.map(webApp::getProperty)
						.toList());
		assertThat(document).contains("CREATE DATABASE tandem;");
	}

	private static List<String> lines(String document, String beginning) {
		return document.lines().filter((line) -> line.startsWith(beginning)).toList();
	}

	private static String document() throws IOException {
		return Files.readString(Kubectl.ROOT.resolve("k8s/README.md"));
	}

	private static Properties properties(String file) throws IOException {
		Properties properties = new Properties();
		try (Reader reader = Files.newBufferedReader(Kubectl.ROOT.resolve(file))) {
			properties.load(reader);
		}
		return properties;
	}

}
