package io.tandem.gateway.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

import io.tandem.gateway.tls.HttpsListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * A run of the gateway that ends by itself, from which the JVM's ahead-of-time cache
 * learns. All that it needs is its own: free ports, an instance, a certificate and
 * settings in a temporary directory, so that it works while an image is built as well as
 * beside a gateway.
 */
public final class TrainingRun {

	private static final Logger logger = LoggerFactory.getLogger(TrainingRun.class);

	private static final Duration STARTS_WITHIN = Duration.ofSeconds(20);

	private TrainingRun() {
	}

	/**
	 * Starts the gateway, has it serve requests and stops it.
	 * @param application the gateway
	 * @throws IOException if the temporary directory cannot be used
	 * @throws IllegalStateException if a request was not answered as expected, so that
	 * nothing useful can have been learned
	 */
	public static void of(Class<?> application) throws IOException {
		Path directory = Files.createTempDirectory("tandem-training");
		DisposableServer instance = instance();
		String password = UUID.randomUUID().toString();
		try (ConfigurableApplicationContext gateway = SpringApplication.run(application,
				TrainingSettings.arguments(instance.port(), directory, password))) {
			TrainingRequests requests = new TrainingRequests(port(gateway, "local.server.port"),
					gateway.getBean(HttpsListener.class).port(), port(gateway, "local.management.port"), password);
			logger.info("Trained with {} requests", requests.send());
		}
		finally {
			instance.disposeNow();
			FileSystemUtils.deleteRecursively(directory);
		}
	}

	private static DisposableServer instance() {
		String body = "{\"text\":\"" + "x".repeat(1000) + "\"}";
		return HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> request.receive()
				.then(response.header("Content-Type", "application/json").sendString(Mono.just(body)).then()))
			.bindNow(STARTS_WITHIN);
	}

	private static int port(ConfigurableApplicationContext gateway, String property) {
		return gateway.getEnvironment().getRequiredProperty(property, Integer.class);
	}

}
