package io.tandem.webapp.trace;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import io.tandem.cluster.mysql.MySqlPair;
import io.tandem.webapp.Databases;
import io.tandem.webapp.Instance;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The trace that the gateway began goes on to the statements, in their log and in what is
 * exported.
 */
class TraceIntegrationTests {

	private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

	private final MySqlPair pair = Databases.healthy();

	private final Logger statements = (Logger) LoggerFactory.getLogger("org.hibernate.SQL");

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final HttpServer collector;

	/** As text of one byte a character, to be searched. */
	private final Queue<String> exported = new ConcurrentLinkedQueue<>();

	TraceIntegrationTests() throws IOException {
		this.collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
	}

	@BeforeEach
	void listen() {
		this.collector.createContext("/v1/traces", (exchange) -> {
			this.exported.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		this.collector.start();
		this.statements.setLevel(Level.DEBUG);
		this.statements.addAppender(this.log);
		this.log.start();
	}

	@AfterEach
	void stop() {
		this.statements.setLevel(null);
		this.statements.detachAppender(this.log);
		this.collector.stop(0);
	}

	@Test
	void statementLogNamesTheTraceOfTheGateway() {
		try (Instance instance = Instance.start(this.pair, "web-app-1")) {
			assertThat(instance.get("/api/links?limit=1", "traceparent", parent("00")).statusCode()).isEqualTo(200);
			assertThat(this.log.list).isNotEmpty()
				.allSatisfy((event) -> assertThat(event.getMDCPropertyMap()).containsEntry("traceId", TRACE))
				.allSatisfy((event) -> assertThat(event.getFormattedMessage()).doesNotContain(TRACE));
		}
	}

	@Test
	void sampledTraceIsExportedWithTheDatabaseNode() {
		String endpoint = "http://127.0.0.1:" + this.collector.getAddress().getPort() + "/v1/traces";
		try (Instance instance = Instance.start(this.pair, "web-app-1",
				"--management.opentelemetry.tracing.export.otlp.endpoint=" + endpoint,
				"--management.opentelemetry.tracing.export.schedule-delay=100ms")) {
			instance.get("/api/links?limit=2", "traceparent", parent("00"));
			instance.get("/api/links?limit=1", "traceparent", parent("01"));
			Awaitility.await()
				.untilAsserted(() -> assertThat(String.join("", this.exported)).contains(bytes(TRACE),
						bytes("b7ad6b7169203331"), "web-app-1", "mysql-2 replica", "http get /api/links"));
			assertThat(String.join("", this.exported)).containsOnlyOnce("http get /api/links");
		}
	}

	private static String parent(String flags) {
		return "00-" + TRACE + "-b7ad6b7169203331-" + flags;
	}

	private static String bytes(String hex) {
		return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
	}

}
