package io.tandem.integration.kubernetes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * The objects of one overlay. A field that the Kubernetes of the typed models does not
 * know fails.
 *
 * @param all all of them, in kubectl's order
 */
record Manifests(List<HasMetadata> all) {

	/** With a database of this repository. */
	static final List<String> WITH_DATABASE = List.of("local", "ha", "production");

	static final List<String> OVERLAYS = List.of("local", "ha", "production", "operator");

	private static final Map<String, Class<? extends HasMetadata>> TYPES = Map.ofEntries(
			Map.entry("v1 Namespace", Namespace.class), Map.entry("v1 ConfigMap", ConfigMap.class),
			Map.entry("v1 Secret", Secret.class), Map.entry("v1 Service", Service.class),
			Map.entry("v1 ServiceAccount", ServiceAccount.class), Map.entry("apps/v1 Deployment", Deployment.class),
			Map.entry("apps/v1 StatefulSet", StatefulSet.class),
			Map.entry("autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
			Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
			Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class));

	private static final Map<String, Manifests> BUILT = new ConcurrentHashMap<>();

	private static final JsonMapper STRICT = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.annotationIntrospector(new WithoutAnySetters())
		.build();

	static Manifests of(String overlay) {
		return BUILT.computeIfAbsent(overlay,
				(name) -> parse(Kubectl.kustomize(Kubectl.ROOT.resolve(Path.of("k8s/overlays", name)))));
	}

	static Manifests parse(String yaml) {
		List<HasMetadata> all = new ArrayList<>();
		for (Object document : yaml().loadAll(yaml)) {
			if (document instanceof Map<?, ?> object) {
				String type = object.get("apiVersion") + " " + object.get("kind");
				all.add(STRICT.convertValue(object, Objects.requireNonNull(TYPES.get(type), "no model of " + type)));
			}
		}
		return new Manifests(List.copyOf(all));
	}

	/** One object of a type that is not of Kubernetes itself, as strictly. */
	static <T> T parse(String yaml, Class<T> model) {
		return STRICT.convertValue(yaml().load(yaml), model);
	}

	private static Yaml yaml() {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		return new Yaml(new SafeConstructor(options));
	}

	<T extends HasMetadata> List<T> of(Class<T> type) {
		return this.all.stream().filter(type::isInstance).map(type::cast).toList();
	}

	<T extends HasMetadata> T one(Class<T> type, String name) {
		return of(type).stream()
			.filter((each) -> each.getMetadata().getName().equals(name))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + name));
	}

	/** What runs pods, with the pods. */
	List<Workload> workloads() {
		return Stream
			.concat(of(Deployment.class).stream().map((each) -> new Workload(each, each.getSpec().getTemplate())),
					of(StatefulSet.class).stream().map((each) -> new Workload(each, each.getSpec().getTemplate())))
			.toList();
	}

	Workload workload(String name) {
		return workloads().stream().filter((each) -> each.name().equals(name)).findFirst().orElseThrow();
	}

	/**
	 * A Deployment or StatefulSet.
	 *
	 * @param object it
	 * @param pods what its pods are made from
	 */
	record Workload(HasMetadata object, PodTemplateSpec pods) {

		String name() {
			return this.object.getMetadata().getName();
		}

		@Override
		public String toString() {
			return this.object.getKind() + " " + name();
		}

	}

	/** The models take any field, and keep those they do not know. */
	private static final class WithoutAnySetters extends JacksonAnnotationIntrospector {

		private static final long serialVersionUID = 1L;

		@Override
		public Boolean hasAnySetter(MapperConfig<?> config, Annotated annotated) {
			return false;
		}

	}

}
