package io.tandem.gateway.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.tandem.gateway.balance.AdminState;
import io.tandem.gateway.balance.Algorithm;
import io.tandem.gateway.control.AdminProperties;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The dashboard's page and what its script asks for. Listed as a configuration of the
 * management context, so that nothing of it is on the public port.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class DashboardPages {

	private static final MediaType EVENT_STREAM = new MediaType(MediaType.TEXT_EVENT_STREAM, StandardCharsets.UTF_8);

	private static final NettyDataBufferFactory BUFFERS = new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT);

	@Bean
	RouterFunction<ServerResponse> dashboard(ClusterWatch watch, Broadcast broadcast, AdminProperties admin,
			WebEndpointProperties endpoints, Environment environment) {
		String node = environment.getRequiredProperty("tandem.node-name");
		String api = endpoints.getBasePath() + "/balancer";
		return RouterFunctions.route()
			.GET("/",
					(request) -> ServerResponse.ok()
						.contentType(MediaType.TEXT_HTML)
						.bodyValue(new ClassPathResource("dashboard/index.html")))
			.GET("/dashboard/stream", (request) -> stream(watch, broadcast))
			.GET("/dashboard/session", (request) -> session(request, node, api, admin.password() != null))
			.resources("/dashboard/lib/**", chartLibrary())
			.resources("/dashboard/**", new ClassPathResource("dashboard/"))
			.build();
	}

	/** The webjar has its version in its path. */
	private static Resource chartLibrary() {
		try {
			String version = PropertiesLoaderUtils
				.loadProperties(new ClassPathResource("META-INF/maven/org.webjars.npm/uplot/pom.properties"))
				.getProperty("version");
			return new ClassPathResource("META-INF/resources/webjars/uplot/" + version + "/dist/");
		}
		catch (IOException ex) {
			throw new UncheckedIOException("uPlot is not on the class path", ex);
		}
	}

	private static Mono<ServerResponse> stream(ClusterWatch watch, Broadcast broadcast) {
		if (broadcast.isFull()) {
			return ServerResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
				.header("Retry-After", "5")
				.contentType(MediaType.TEXT_PLAIN)
				.bodyValue("%d pages are open already.".formatted(Broadcast.MOST_VIEWERS));
		}
		Flux<Mono<byte[]>> events = broadcast.events()
			.startWith(Mono.fromSupplier(() -> Broadcast.event("history", watch.history())));
		return ServerResponse.ok()
			.contentType(EVENT_STREAM)
			.body((response, context) -> response
				.writeAndFlushWith(events.map((event) -> event.map(DashboardPages::buffer))));
	}

	/**
	 * One that nobody can release too often: Reactor Netty does when a viewer leaves
	 * while it writes.
	 */
	private static DataBuffer buffer(byte[] event) {
		return BUFFERS.wrap(Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(event)));
	}

	/** Who looks at the page, what it may offer, and where. */
	private static Mono<ServerResponse> session(ServerRequest request, String node, String api, boolean changeable) {
		Map<String, Object> session = new LinkedHashMap<>();
		session.put("node", node);
		session.put("api", api);
		session.put("changeable", changeable);
		session.put("algorithms", Arrays.stream(Algorithm.values()).map(Algorithm::text).toList());
		session.put("states", List.of(AdminState.READY.text(), AdminState.STANDBY.text(), AdminState.DRAIN.text(),
				AdminState.MAINTENANCE.text()));
		return request.principal().flatMap((principal) -> {
			session.put("user", principal.getName());
			Mono<CsrfToken> token = request.exchange().getAttributeOrDefault(CsrfToken.class.getName(), Mono.empty());
			return token.doOnNext((csrf) -> {
				session.put("csrfHeader", csrf.getHeaderName());
				session.put("csrfToken", csrf.getToken());
			});
		}).then(Mono.defer(() -> ServerResponse.ok().bodyValue(session)));
	}

}
