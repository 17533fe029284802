package io.tandem.integration.kubernetes;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapProjection;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.tandem.integration.kubernetes.Manifests.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ManifestsTests {

	private static final String LABEL = "app.kubernetes.io/";

	@Test
	void unknownFieldFails() {
		String service = """
				apiVersion: v1
				kind: Service
				metadata:
				  name: gateway
				spec:
				  selectors:
				    app: gateway
				""";
		assertThatExceptionOfType(UnrecognizedPropertyException.class).isThrownBy(() -> Manifests.parse(service))
			.withMessageContaining("selectors");
	}

	@ParameterizedTest
	@FieldSource("io.tandem.integration.kubernetes.Manifests#OVERLAYS")
	void overlayIsOneNamespaceUnderTheRestrictedStandard(String overlay) {
		Manifests manifests = Manifests.of(overlay);
		assertThat(manifests.one(Namespace.class, "tandem").getMetadata().getLabels())
			.containsEntry("pod-security.kubernetes.io/enforce", "restricted");
		assertThat(manifests.all()).filteredOn((object) -> !(object instanceof Namespace))
			.isNotEmpty()
			.allSatisfy((object) -> assertThat(object.getMetadata().getNamespace()).isEqualTo("tandem"));
	}

	/** Secrets are generated; and no manifest needs a right at the API server. */
	@ParameterizedTest
	@FieldSource("io.tandem.integration.kubernetes.Manifests#OVERLAYS")
	void overlayHoldsNoSecretAndNoRole(String overlay) {
		assertThat(Manifests.of(overlay).all()).extracting(HasMetadata::getKind)
			.doesNotContain("Secret", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding");
	}

	static Stream<Workload> workloads() {
		return Manifests.OVERLAYS.stream().flatMap((overlay) -> Manifests.of(overlay).workloads().stream());
	}

	@ParameterizedTest
	@MethodSource("workloads")
	void podIsRestricted(Workload workload) {
		PodSpec pod = workload.pods().getSpec();
		assertThat(pod.getHostNetwork()).isNull();
		assertThat(pod.getHostPID()).isNull();
		assertThat(pod.getHostIPC()).isNull();
		assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
		assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
		assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
		assertThat(pod.getSecurityContext().getSysctls()).isEmpty();
		assertThat(pod.getInitContainers()).isEmpty();
		assertThat(pod.getVolumes()).allMatch((volume) -> Stream
			.of(volume.getConfigMap(), volume.getEmptyDir(), volume.getProjected(), volume.getSecret())
			.filter((source) -> source != null)
			.count() == 1);
		assertThat(pod.getContainers()).isNotEmpty().allSatisfy((container) -> {
			assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
			assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
			assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
			assertThat(container.getSecurityContext().getCapabilities().getAdd()).isEmpty();
			assertThat(container.getSecurityContext().getPrivileged()).isNull();
			assertThat(container.getSecurityContext().getRunAsNonRoot()).isNull();
			assertThat(container.getSecurityContext().getRunAsUser()).isNull();
			assertThat(container.getSecurityContext().getSeccompProfile()).isNull();
			assertThat(container.getSecurityContext().getProcMount()).isNull();
			assertThat(container.getPorts()).allMatch((port) -> port.getHostPort() == null);
		});
	}

	@ParameterizedTest
	@MethodSource("workloads")
	void podHasNoTokenOfTheApiServer(Workload workload) {
		PodSpec pod = workload.pods().getSpec();
		assertThat(pod.getAutomountServiceAccountToken()).isFalse();
		assertThat(pod.getServiceAccountName()).isEqualTo(workload.name());
		assertThat(Manifests.of("local").one(ServiceAccount.class, workload.name()).getAutomountServiceAccountToken())
			.isFalse();
	}

	@ParameterizedTest
	@MethodSource("workloads")
	void containersHaveRequestsAndLimits(Workload workload) {
		assertThat(workload.pods().getSpec().getContainers()).allSatisfy((container) -> {
			assertThat(container.getResources().getRequests()).containsOnlyKeys("cpu", "memory");
			assertThat(container.getResources().getLimits()).containsOnlyKeys("cpu", "memory");
			assertThat(container.getResources().getLimits().get("memory"))
				.isEqualTo(container.getResources().getRequests().get("memory"));
		});
	}

	/**
	 * A pod whose disk is full of what it wrote is evicted; memory that is full fails a
	 * write.
	 */
	@ParameterizedTest
	@MethodSource("workloads")
	void temporaryFilesAreBounded(Workload workload) {
		assertThat(workload.pods().getSpec().getVolumes()).filteredOn((volume) -> volume.getEmptyDir() != null)
			.isNotEmpty()
			.allSatisfy((volume) -> assertThat(volume.getEmptyDir().getSizeLimit()).isNotNull())
			.filteredOn((volume) -> volume.getName().equals("tmp"))
			.allSatisfy((volume) -> assertThat(volume.getEmptyDir().getMedium()).isEqualTo("Memory"));
	}

	/** A restart repairs no database, neither another one nor its replication. */
	@ParameterizedTest
	@MethodSource("workloads")
	void livenessDependsOnNoDatabase(Workload workload) {
		Container container = container(workload);
		assertThat(container.getStartupProbe()).isNotNull();
		assertThat(container.getReadinessProbe()).isNotNull();
		Probe liveness = container.getLivenessProbe();
		if (workload.name().equals("mysql")) {
			assertThat(liveness.getTcpSocket()).isNotNull();
		}
		else {
			assertThat(liveness.getHttpGet().getPath()).isEqualTo("/actuator/health/liveness");
			assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/actuator/health/readiness");
		}
	}

	@ParameterizedTest
	@MethodSource("workloads")
	void podsAreLabelledAndSpread(Workload workload) {
		for (String label : List.of("name", "component", "part-of", "managed-by")) {
			assertThat(workload.object().getMetadata().getLabels()).containsKey(LABEL + label);
			assertThat(workload.pods().getMetadata().getLabels()).containsKey(LABEL + label);
		}
		assertThat(workload.pods().getSpec().getTopologySpreadConstraints()).isNotEmpty()
			.anySatisfy((spread) -> assertThat(spread.getTopologyKey()).isEqualTo("kubernetes.io/hostname"))
			.allSatisfy((spread) -> assertThat(workload.pods().getMetadata().getLabels())
				.containsAllEntriesOf(spread.getLabelSelector().getMatchLabels()));
	}

	/**
	 * A node that is being drained has no pods in the end: counted, it would take all
	 * that may be somewhere, and take none because of its taint.
	 */
	@ParameterizedTest
	@MethodSource("workloads")
	void drainedNodeIsNotCountedWherePodsHaveToSpread(Workload workload) {
		assertThat(workload.pods().getSpec().getTopologySpreadConstraints())
			.filteredOn((spread) -> spread.getWhenUnsatisfiable().equals("DoNotSchedule"))
			.allSatisfy((spread) -> assertThat(spread.getNodeTaintsPolicy()).as(spread.getTopologyKey())
				.isEqualTo("Honor"));
	}

	/** An old pod ends when others know the new one. */
	@ParameterizedTest
	@FieldSource("io.tandem.integration.kubernetes.Manifests#OVERLAYS")
	void updateNeverHasLessPods(String overlay) {
		assertThat(Manifests.of(overlay).of(Deployment.class)).hasSize(2).allSatisfy((deployment) -> {
			assertThat(deployment.getSpec().getMinReadySeconds()).isPositive();
			assertThat(deployment.getSpec().getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal()).isZero();
			assertThat(deployment.getSpec().getStrategy().getRollingUpdate().getMaxSurge().getIntVal()).isPositive();
		});
	}

	@ParameterizedTest
	@FieldSource("io.tandem.integration.kubernetes.Manifests#OVERLAYS")
	void everyWorkloadHasADisruptionBudget(String overlay) {
		Manifests manifests = Manifests.of(overlay);
		for (Workload workload : manifests.workloads()) {
			PodDisruptionBudget budget = manifests.one(PodDisruptionBudget.class, workload.name());
			assertThat(budget.getSpec().getMaxUnavailable().getIntVal()).isEqualTo(1);
			assertThat(workload.pods().getMetadata().getLabels())
				.containsAllEntriesOf(budget.getSpec().getSelector().getMatchLabels());
		}
	}

	@ParameterizedTest
	@FieldSource("io.tandem.integration.kubernetes.Manifests#OVERLAYS")
	void whateverIsNamedExists(String overlay) {
		Manifests manifests = Manifests.of(overlay);
		for (Workload workload : manifests.workloads()) {
			List<Volume> volumes = workload.pods().getSpec().getVolumes();
			Set<String> mounted = Stream.concat(volumes.stream().map(Volume::getName), Stream.of("data"))
				.collect(Collectors.toSet());
			assertThat(workload.pods().getSpec().getContainers()).allSatisfy((container) -> assertThat(mounted)
				.containsAll(container.getVolumeMounts().stream().map(VolumeMount::getName).toList()));
			volumes.stream()
				.filter((volume) -> volume.getConfigMap() != null)
				.forEach((volume) -> manifests.one(ConfigMap.class, volume.getConfigMap().getName()));
			volumes.stream()
				.filter((volume) -> volume.getProjected() != null)
				.flatMap((volume) -> volume.getProjected().getSources().stream())
				.forEach((source) -> assertKeysExist(manifests, source.getConfigMap()));
		}
		for (HorizontalPodAutoscaler autoscaler : manifests.of(HorizontalPodAutoscaler.class)) {
			Deployment target = manifests.one(Deployment.class, autoscaler.getSpec().getScaleTargetRef().getName());
			assertThat(target.getSpec().getReplicas()).as("an apply would set the number back").isNull();
		}
	}

	private static void assertKeysExist(Manifests manifests, ConfigMapProjection projection) {
		ConfigMap map = manifests.one(ConfigMap.class, projection.getName());
		assertThat(map.getData().keySet()).containsAll(projection.getItems().stream().map(KeyToPath::getKey).toList());
	}

	@ParameterizedTest
	@FieldSource("io.tandem.integration.kubernetes.Manifests#OVERLAYS")
	void everyServiceLeadsToAPort(String overlay) {
		Manifests manifests = Manifests.of(overlay);
		for (Service service : manifests.of(Service.class)) {
			Workload workload = manifests
				.workload(String.valueOf(service.getMetadata().getLabels().get(LABEL + "name")));
			List<String> ports = container(workload).getPorts().stream().map((port) -> port.getName()).toList();
			assertThat(service.getSpec().getPorts()).isNotEmpty()
				.extracting(ServicePort::getTargetPort)
				.allSatisfy((port) -> assertThat(ports).contains(port.getStrVal()));
		}
	}

	@Test
	void autoscalersAreWhereTheyBelong() {
		assertThat(Manifests.of("local").of(HorizontalPodAutoscaler.class)).isEmpty();
		for (String overlay : List.of("ha", "production", "operator")) {
			assertThat(Manifests.of(overlay).of(HorizontalPodAutoscaler.class))
				.extracting((autoscaler) -> autoscaler.getMetadata().getName())
				.containsExactlyInAnyOrder("gateway", "web-app");
		}
	}

	@Test
	void noSinglePointOfFailureInProduction() {
		Manifests manifests = Manifests.of("production");
		assertThat(manifests.one(StatefulSet.class, "mysql").getSpec().getReplicas()).isEqualTo(3);
		assertThat(manifests.of(HorizontalPodAutoscaler.class))
			.allSatisfy((autoscaler) -> assertThat(autoscaler.getSpec().getMinReplicas()).isEqualTo(2));
		assertThat(manifests.workloads())
			.allSatisfy((workload) -> assertThat(workload.pods().getSpec().getTopologySpreadConstraints())
				.anySatisfy((spread) -> assertThat(spread.getTopologyKey()).isEqualTo("topology.kubernetes.io/zone"))
				.filteredOn((spread) -> spread.getTopologyKey().equals("kubernetes.io/hostname"))
				.allSatisfy((spread) -> assertThat(spread.getWhenUnsatisfiable()).isEqualTo("DoNotSchedule")));
		assertThat(manifests.one(Service.class, "gateway").getSpec().getType()).isEqualTo("LoadBalancer");
	}

	static Container container(Workload workload) {
		return workload.pods()
			.getSpec()
			.getContainers()
			.stream()
			.filter((container) -> container.getName().equals(workload.name()))
			.findFirst()
			.orElseThrow();
	}

}
