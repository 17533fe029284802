package io.tandem.benchmarks.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.tandem.benchmarks.gateway.vanilla.VanillaGateway;

/**
 * How each proxy is started.
 *
 * @param gateway the gateway's jar, unpacked
 * @param vanillaClassPath the class path of {@link VanillaGateway}
 * @param ioUringClassPath what the gateway lacks to use io_uring
 * @param directory for configuration files
 * @param options options of the gateway's JVM
 */
record Commands(Tools tools, UnpackedGateway gateway, String vanillaClassPath, String ioUringClassPath, Path directory,
		List<String> options) {

	List<String> of(Proxy proxy, int port, int management, List<Integer> backends) throws IOException {
		return switch (proxy) {
			case TANDEM, WATCHED -> gateway.command(options, tandem(port, management, backends));
			case IO_URING -> gateway.commandWith(ioUringClassPath, options, tandem(port, management, backends));
			case VANILLA -> vanilla(port, backends);
			case HAPROXY ->
				tools.command("haproxy", "-db", "-f", file(proxy, Configurations.haproxy(port, backends)).toString());
			case NGINX -> nginx(proxy.id(), Configurations.nginx(port, backends));
		};
	}

	List<String> backends(List<Integer> ports) throws IOException {
		return nginx("backends", Configurations.backends(ports));
	}

	private List<String> nginx(String name, String configuration) throws IOException {
		Path prefix = Files.createDirectories(directory.resolve(name));
		Path file = Files.writeString(prefix.resolve("nginx.conf"), temporaryIn(configuration, prefix));
		return tools.command("nginx", "-p", prefix.toString(), "-c", file.toString(), "-e", "stderr");
	}

	/** Debian's nginx would use directories of root. */
	private static String temporaryIn(String configuration, Path prefix) {
		StringBuilder paths = new StringBuilder("http {\n");
		for (String each : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
			paths.append("  ").append(each).append("_temp_path ").append(prefix).append('/').append(each).append(";\n");
		}
		return configuration.replace("http {\n", paths);
	}

	private Path file(Proxy proxy, String configuration) throws IOException {
		return Files.writeString(directory.resolve(proxy.id() + ".conf"), configuration);
	}

	private static List<String> tandem(int port, int management, List<Integer> backends) throws IOException {
		List<String> arguments = new ArrayList<>(List.of("--server.address=127.0.0.1", "--server.port=" + port,
				"--management.server.port=" + management, "--tandem.gateway.https.port=" + Ports.free()));
		for (int i = 0; i < backends.size(); i++) {
			arguments.addAll(instance("web-app", i, backends.get(i)));
		}
		return arguments;
	}

	private List<String> vanilla(int port, List<Integer> backends) {
		List<String> command = new ArrayList<>(List.of(UnpackedGateway.java(), "-cp", vanillaClassPath,
				VanillaGateway.class.getName(), "--server.address=127.0.0.1", "--server.port=" + port,
				"--spring.main.banner-mode=off", "--spring.cloud.gateway.server.webflux.routes[0].id=app",
				"--spring.cloud.gateway.server.webflux.routes[0].uri=lb://app",
				"--spring.cloud.gateway.server.webflux.routes[0].predicates[0]=Path=/**"));
		for (int i = 0; i < backends.size(); i++) {
			command.addAll(instance("app", i, backends.get(i)));
		}
		return command;
	}

	private static List<String> instance(String service, int index, int port) {
		String prefix = "--spring.cloud.discovery.client.simple.instances." + service + "[" + index + "].";
		return List.of(prefix + "instance-id=app-" + (index + 1), prefix + "uri=http://127.0.0.1:" + port);
	}

}
