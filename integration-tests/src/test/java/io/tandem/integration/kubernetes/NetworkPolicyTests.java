package io.tandem.integration.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The edges of the drawing and no others, worked out as the network would: a connection
 * is possible if both ends allow it.
 */
class NetworkPolicyTests {

	private static final String NAME = "app.kubernetes.io/name";

	private static final End CLIENT = new End("client", "elsewhere", Map.of());

	private static final End NAMES = new End("names", "kube-system", Map.of("k8s-app", "kube-dns"));

	private static final End INNODB_CLUSTER = new End("innodb-cluster", "mysql",
			Map.of("component", "mysqld", "tier", "mysql", "mysql.oracle.com/cluster", "mysql"));

	private static final List<End> ENDS = List.of(CLIENT, NAMES, end("gateway"), end("web-app"), end("mysql"),
			end("intruder"), INNODB_CLUSTER);

	private static final List<Port> PORTS = Stream.of(53, 443, 3306, 6443, 8080, 8101, 8443, 9090, 9101)
		.flatMap((number) -> Stream.of("TCP", "UDP", "SCTP").map((protocol) -> new Port(number, protocol)))
		.toList();

	@ParameterizedTest
	@FieldSource("io.tandem.integration.kubernetes.Manifests#OVERLAYS")
	void theEdgesAreThoseOfTheDrawing(String overlay) {
		List<NetworkPolicy> policies = Manifests.of(overlay).of(NetworkPolicy.class);
		Set<String> edges = new TreeSet<>();
		for (End from : ENDS) {
			for (End to : ENDS) {
				for (Port port : PORTS) {
					boolean inside = from.isInside() || to.isInside();
					if (inside && allows(policies, from, to, port)) {
						edges.add(from.name() + " -> " + to.name() + ":" + port);
					}
				}
			}
		}
		Set<String> drawn = new TreeSet<>(
				List.of("gateway -> gateway:9090", "gateway -> web-app:8101", "gateway -> web-app:9101"));
		for (String inside : List.of("gateway", "web-app", "mysql", "intruder")) {
			drawn.addAll(List.of(inside + " -> names:53", inside + " -> names:53/UDP"));
		}
		for (End outside : List.of(CLIENT, NAMES, INNODB_CLUSTER)) {
			drawn.addAll(List.of(outside.name() + " -> gateway:8080", outside.name() + " -> gateway:8443"));
		}
		drawn.addAll(Manifests.WITH_DATABASE.contains(overlay) ? List.of("web-app -> mysql:3306", "mysql -> mysql:3306")
				: List.of("web-app -> innodb-cluster:3306"));
		assertThat(edges).isEqualTo(drawn);
	}

	@ParameterizedTest
	@FieldSource("io.tandem.integration.kubernetes.Manifests#OVERLAYS")
	void everyPodIsDeniedWhatIsNotAllowed(String overlay) {
		assertThat(Manifests.of(overlay).of(NetworkPolicy.class)).anySatisfy((policy) -> {
			assertThat(policy.getSpec().getPodSelector().getMatchLabels()).isEmpty();
			assertThat(policy.getSpec().getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
			assertThat(policy.getSpec().getIngress()).isEmpty();
			assertThat(policy.getSpec().getEgress()).isEmpty();
		});
	}

	private static End end(String name) {
		return new End(name, "tandem", Map.of(NAME, name));
	}

	private static boolean allows(List<NetworkPolicy> policies, End from, End to, Port port) {
		return (!from.isInside() || policies.stream().anyMatch((policy) -> allowsOut(policy, from, to, port)))
				&& (!to.isInside() || policies.stream().anyMatch((policy) -> allowsIn(policy, from, to, port)));
	}

	private static boolean allowsOut(NetworkPolicy policy, End from, End to, Port port) {
		return selects(policy.getSpec().getPodSelector(), from) && policy.getSpec()
			.getEgress()
			.stream()
			.anyMatch((rule) -> matches(rule.getTo(), to) && has(rule.getPorts(), port));
	}

	private static boolean allowsIn(NetworkPolicy policy, End from, End to, Port port) {
		return selects(policy.getSpec().getPodSelector(), to) && policy.getSpec()
			.getIngress()
			.stream()
			.anyMatch((rule) -> matches(rule.getFrom(), from) && has(rule.getPorts(), port));
	}

	private static boolean matches(List<NetworkPolicyPeer> peers, End end) {
		return peers.isEmpty() || peers.stream().anyMatch((peer) -> {
			assertThat(peer.getIpBlock()).as("addresses are not understood by this test").isNull();
			LabelSelector namespace = peer.getNamespaceSelector();
			boolean there = (namespace == null) ? end.isInside()
					: Objects.equals(end.namespace(), namespace.getMatchLabels().get("kubernetes.io/metadata.name"));
			return there && (peer.getPodSelector() == null || selects(peer.getPodSelector(), end));
		});
	}

	private static boolean has(List<NetworkPolicyPort> ports, Port port) {
		return ports.isEmpty() || ports.stream().anyMatch((each) -> {
			assertThat(each.getEndPort()).as("ranges are not understood by this test").isNull();
			return Integer.valueOf(port.number()).equals(each.getPort().getIntVal())
					&& port.protocol().equals(Objects.requireNonNullElse(each.getProtocol(), "TCP"));
		});
	}

	private static boolean selects(LabelSelector selector, End end) {
		assertThat(selector.getMatchExpressions()).as("expressions are not understood by this test").isEmpty();
		return end.labels().entrySet().containsAll(selector.getMatchLabels().entrySet());
	}

	/**
	 * A port that something may listen on.
	 *
	 * @param protocol TCP, UDP or SCTP
	 */
	private record Port(int number, String protocol) {

		@Override
		public String toString() {
			return this.number + (this.protocol.equals("TCP") ? "" : "/" + this.protocol);
		}

	}

	/**
	 * Something that connects or is connected to.
	 *
	 * @param namespace where it is
	 * @param labels of its pod
	 */
	private record End(String name, String namespace, Map<String, String> labels) {

		boolean isInside() {
			return this.namespace.equals("tandem");
		}

	}

}
