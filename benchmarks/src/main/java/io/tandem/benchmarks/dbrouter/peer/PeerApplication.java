package io.tandem.benchmarks.dbrouter.peer;

import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The application with one peer's data source.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(Items.class)
public class PeerApplication {

	/**
	 * Starts it, with the servers of the system properties.
	 * @param peer the peer
	 * @return the application
	 */
	public static ConfigurableApplicationContext start(Peer peer) {
		Servers servers = Servers.fromSystemProperties();
		List<String> arguments = new ArrayList<>(
				List.of("--spring.main.banner-mode=off", "--spring.jpa.open-in-view=false"));
		PeerProperties.of(peer, servers).forEach((name, value) -> arguments.add("--" + name + "=" + value));
		return new SpringApplicationBuilder(PeerApplication.class).web(WebApplicationType.NONE)
			.initializers((context) -> {
				DataSource dataSource = SpringDataSources.of(peer, servers);
				if (dataSource != null) {
					((GenericApplicationContext) context).registerBean("dataSource", DataSource.class,
							() -> dataSource);
				}
			})
			.run(arguments.toArray(String[]::new));
	}

}
