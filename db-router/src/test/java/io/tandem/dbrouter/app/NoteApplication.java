package io.tandem.dbrouter.app;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.tandem.cluster.mysql.Account;
import io.tandem.cluster.mysql.MySqlPair;
import io.tandem.dbrouter.NodeUse;
import io.tandem.dbrouter.NodeUseListener;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class NoteApplication {

	/**
	 * For tests of what a healthy pair does: a machine that is busy for a moment is not
	 * taken for a node that has died.
	 */
	public static final String PATIENT_PROBES = "db-router.probe.timeout=10s";

	private static final ThreadLocal<List<NodeUse>> USES = ThreadLocal.withInitial(ArrayList::new);

	@Bean
	NodeUseListener usesOfThisThread() {
		return (use) -> USES.get().add(use);
	}

	/** Which nodes this thread has used since it was last asked. */
	public static List<String> uses() {
		List<String> uses = USES.get().stream().map((use) -> use.node() + " " + use.role()).toList();
		USES.remove();
		return uses;
	}

	public static ConfigurableApplicationContext start(MySqlPair pair, WebApplicationType type, String... properties) {
		return start(pair, (node) -> pair.node(node).jdbcUrl(), type, properties);
	}

	public static ConfigurableApplicationContext start(MySqlPair pair, Function<String, String> urls,
			WebApplicationType type, String... properties) {
		List<String> arguments = new ArrayList<>(List.of("server.port=0"));
		account(arguments, "db-router.", pair.accounts().application());
		account(arguments, "db-router.monitor.", pair.accounts().monitor());
		account(arguments, "db-router.migration.", pair.accounts().owner());
		for (String node : MySqlPair.NODES) {
			arguments.add("db-router.nodes." + node + ".url=" + urls.apply(node));
		}
		for (String property : properties) {
			String name = property.substring(0, property.indexOf('=') + 1);
			arguments.removeIf((argument) -> argument.startsWith(name));
			arguments.add(property);
		}
		return new SpringApplicationBuilder(NoteApplication.class).web(type)
			.registerShutdownHook(false)
			.run(arguments.stream().map((argument) -> "--" + argument).toArray(String[]::new));
	}

	private static void account(List<String> arguments, String prefix, Account account) {
		arguments.add(prefix + "username=" + account.user());
		arguments.add(prefix + "password=" + account.password());
	}

}
