package io.tandem.gateway.dashboard;

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

import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
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
			Environment environment) {
		String node = environment.getRequiredProperty("tandem.node-name");
		return RouterFunctions.route()
			.GET("/",
					(request) -> ServerResponse.ok()
						.contentType(MediaType.TEXT_HTML)
						.bodyValue(new ClassPathResource("dashboard/index.html")))
			.GET("/dashboard/stream", (request) -> stream(watch, broadcast))
			.GET("/dashboard/session", (request) -> session(request, node, admin.password() != null))
			.resources("/dashboard/**", new ClassPathResource("dashboard/"))
			.build();
	}

	private static Mono<ServerResponse> stream(ClusterWatch watch, Broadcast broadcast) {
		if (broadcast.isFull()) {
			return ServerResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
				.header("Retry-After", "5")
				.contentType(MediaType.TEXT_PLAIN)
				.bodyValue("%d pages are open already.".formatted(Broadcast.MOST_VIEWERS));
		}
		Flux<byte[]> events = broadcast.events()
			.startWith(Mono.fromSupplier(() -> Broadcast.event("history", watch.history())));
		return ServerResponse.ok()
			.contentType(EVENT_STREAM)
			.body((response, context) -> response.writeAndFlushWith(events.map((event) -> Mono.just(buffer(event)))));
	}

	/**
	 * One that nobody can release too often: Reactor Netty does when a viewer leaves
	 * while it writes.
	 */
	private static DataBuffer buffer(byte[] event) {
		return BUFFERS.wrap(Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(event)));
	}

	/** Who looks at the page, and what it may offer. */
	private static Mono<ServerResponse> session(ServerRequest request, String node, boolean changeable) {
		Map<String, Object> session = new LinkedHashMap<>();
		session.put("node", node);
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
