package io.tandem.integration.kubernetes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.tandem.integration.kubernetes.Manifests.Workload;
import org.jspecify.annotations.Nullable;

/**
 * The pods of the StatefulSet {@code mysql} as containers of a Docker engine: arguments,
 * variables, files and restrictions are those of the manifests.
 */
final class Pods implements AutoCloseable {

	private final String prefix = "tandem-pods-" + ProcessHandle.current().pid();

	private final Map<String, Map<String, String>> secrets = new TreeMap<>();

	private final Manifests manifests;

	private final Workload workload;

	private final Path directory;

	private final int replicas;

	Pods(Manifests manifests, int replicas, Path directory) throws IOException {
		this.manifests = manifests;
		this.workload = manifests.workload("mysql");
		this.replicas = replicas;
		this.directory = directory;
		open(directory);
		for (Volume volume : this.workload.pods().getSpec().getVolumes()) {
			write(volume);
		}
		docker("network", "create", "--internal", this.prefix);
	}

	/** Starts a pod on its volume, which is new at the first time. */
	void start(int number) {
		for (Container container : containers()) {
			List<String> command = new ArrayList<>(List.of("run", "-d", "--name", name(number, container), "--user",
					"999:999", "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "-m",
					String.valueOf(container.getResources().getLimits().get("memory")).replace("i", "")));
			if (container.getName().equals("mysql")) {
				command.addAll(List.of("--network", this.prefix, "--hostname", node(number), "--network-alias",
						node(number), "-v", volume(number) + ":/var/lib/mysql"));
			}
			else {
				command.addAll(List.of("--network", "container:" + name(number, containers().getFirst())));
			}
			container.getVolumeMounts().forEach((mount) -> command.addAll(options(mount)));
			container.getEnv()
				.forEach((variable) -> command.addAll(List.of("-e", variable.getName() + "="
						+ ((variable.getValue() != null) ? variable.getValue() : node(number)))));
			if (!container.getCommand().isEmpty()) {
				command.addAll(List.of("--entrypoint", container.getCommand().getFirst()));
			}
			command.add(container.getImage());
			container.getArgs().forEach((argument) -> command.add(argument.replace("$(NODE)", node(number))));
			docker(command.toArray(String[]::new));
		}
	}

	/** The first is the database, in whose network the others are. */
	private List<Container> containers() {
		return this.workload.pods()
			.getSpec()
			.getContainers()
			.stream()
			.sorted((left, right) -> Boolean.compare(right.getName().equals("mysql"), left.getName().equals("mysql")))
			.toList();
	}

	/** Ends a pod: as a rolling update does, or without a word. */
	void end(int number, boolean gracefully) {
		for (Container container : containers().reversed()) {
			if (gracefully) {
				docker("stop", "-t", "60", name(number, container));
			}
			docker("rm", "-f", name(number, container));
		}
	}

	void loseVolume(int number) {
		docker("volume", "rm", volume(number));
	}

	boolean isReady(int number) {
		try {
			execute(number, "mysql", "/usr/local/bin/tandem-health");
			return true;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	/** Runs a program in one of a pod's containers, and fails if it does. */
	void execute(int number, String container, String... command) {
		docker(Stream.concat(Stream.of("exec", this.prefix + "-" + node(number) + "-" + container), Stream.of(command))
			.toArray(String[]::new));
	}

	/**
	 * How many processes have ended in the database's container and are waited for by
	 * nobody.
	 */
	int zombies(int number) {
		return Integer.parseInt(docker("exec", name(number, containers().getFirst()), "bash", "-c",
				"cat /proc/[0-9]*/status 2>/dev/null | grep -c '^State:.Z' || true")
			.strip());
	}

	/** What a container has said last. */
	String log(int number, String container) {
		return Kubectl.run(
				List.of("bash", "-c", "docker logs " + this.prefix + "-" + node(number) + "-" + container + " 2>&1"),
				Map.of());
	}

	/** Asks as the administrator, and answers columns in a row apart by a blank. */
	String sql(int number, String statements) {
		return docker("exec", name(number, containers().getFirst()), "bash", "-c", client(statements)).strip()
			.replace('\t', ' ');
	}

	/** Keeps a table from being changed until {@link #unlock}. */
	void lock(int number, String table) {
		docker("exec", "-d", name(number, containers().getFirst()), "bash", "-c",
				client("LOCK TABLES " + table + " READ; SELECT SLEEP(600)"));
	}

	void unlock(int number) {
		sql(number, "KILL "
				+ sql(number, "SELECT id FROM performance_schema.processlist WHERE info = 'SELECT SLEEP(600)'"));
	}

	private static String client(String statements) {
		return "mysql --defaults-extra-file=<(printf '[client]\\npassword=%s\\n'"
				+ " \"$(cat /run/tandem/accounts/admin)\") -utandem_admin -h 127.0.0.1 --protocol=tcp"
				+ " --ssl-mode=REQUIRED -N -B -e \"" + statements + "\"";
	}

	private List<String> options(VolumeMount mount) {
		if (mount.getName().equals("data")) {
			return List.of();
		}
		Path source = this.directory.resolve(mount.getName());
		if (!Files.exists(source)) {
			return List.of("--tmpfs", mount.getMountPath() + ":uid=999,gid=999,mode=0770,size=64m");
		}
		Path file = (mount.getSubPath() != null) ? source.resolve(mount.getSubPath()) : source;
		return List.of("-v", file + ":" + mount.getMountPath() + ":ro");
	}

	private void write(Volume volume) throws IOException {
		if (volume.getConfigMap() != null) {
			write(volume, volume.getConfigMap().getName(), List.of(), volume.getConfigMap().getDefaultMode());
		}
		else if (volume.getProjected() != null) {
			for (var source : volume.getProjected().getSources()) {
				write(volume, source.getConfigMap().getName(), source.getConfigMap().getItems(), null);
			}
		}
		else if (volume.getSecret() != null) {
			for (var entry : secrets().getOrDefault(volume.getSecret().getSecretName(), Map.of()).entrySet()) {
				// Docker has no fsGroup: readable for all, in a directory of the test's.
				file(volume, entry.getKey(), Base64.getDecoder().decode(entry.getValue()), 0444);
			}
		}
	}

	private void write(Volume volume, String map, List<KeyToPath> items, @Nullable Integer mode) throws IOException {
		for (var entry : this.manifests.one(ConfigMap.class, map).getData().entrySet()) {
			Integer own = items.stream()
				.filter((item) -> item.getKey().equals(entry.getKey()))
				.map(KeyToPath::getMode)
				.filter(Objects::nonNull)
				.findFirst()
				.orElse(mode);
			if (items.isEmpty() || items.stream().anyMatch((item) -> item.getKey().equals(entry.getKey()))) {
				file(volume, entry.getKey(), entry.getValue().getBytes(StandardCharsets.UTF_8),
						(own != null) ? own : 0444);
			}
		}
	}

	private void file(Volume volume, String name, byte[] content, int mode) throws IOException {
		Path target = open(Files.createDirectories(this.directory.resolve(volume.getName()))).resolve(name);
		Files.write(target, content);
		Files.setPosixFilePermissions(target,
				PosixFilePermissions.fromString(((mode & 0111) != 0) ? "r-xr-xr-x" : "r--r--r--"));
	}

	private static Path open(Path directory) throws IOException {
		return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

	private Map<String, Map<String, String>> secrets() {
		if (this.secrets.isEmpty()) {
			String printed = Kubectl.run(List.of("k8s/secrets", "--print"),
					Map.of("KUBECTL", Kubectl.program().toString()));
			for (Secret secret : Manifests.parse(printed).of(Secret.class)) {
				this.secrets.put(secret.getMetadata().getName(), secret.getData());
			}
		}
		return this.secrets;
	}

	private static String node(int number) {
		return "mysql-" + number;
	}

	private String name(int number, Container container) {
		return this.prefix + "-" + node(number) + "-" + container.getName();
	}

	private String volume(int number) {
		return this.prefix + "-" + node(number);
	}

	private static String docker(String... arguments) {
		List<String> command = new ArrayList<>(List.of("docker"));
		command.addAll(List.of(arguments));
		return Kubectl.run(command, Map.of());
	}

	@Override
	public void close() {
		for (int number = 1; number <= this.replicas; number++) {
			for (Container container : containers().reversed()) {
				docker("rm", "-f", name(number, container));
			}
			docker("volume", "rm", "-f", volume(number));
		}
		docker("network", "rm", "-f", this.prefix);
	}

}
