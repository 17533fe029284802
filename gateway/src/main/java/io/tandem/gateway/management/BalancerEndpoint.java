package io.tandem.gateway.management;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tandem.gateway.balance.AdminState;
import io.tandem.gateway.balance.Algorithm;
import io.tandem.gateway.balance.Balancer;
import io.tandem.gateway.balance.Instance;
import io.tandem.gateway.control.AuditLog;
import io.tandem.gateway.control.OperatorControl;
import io.tandem.gateway.control.PeerSettings;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * Shows the balancing and changes it. The README lists its addresses.
 */
@WebEndpoint(id = "balancer")
final class BalancerEndpoint {

	private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

	private static final Duration PACE = Duration.ofMillis(50);

	private static final int MANY = 100;

	private final BalancerViews views;

	private final Balancer balancer;

	private final OperatorControl control;

	private final PeerSettings peers;

	private final AuditLog audit;

	BalancerEndpoint(BalancerViews views, Balancer balancer, OperatorControl control, PeerSettings peers,
			AuditLog audit) {
		this.views = views;
		this.balancer = balancer;
		this.control = control;
		this.peers = peers;
		this.audit = audit;
	}

	@ReadOperation
	BalancerView all() {
		return views.all();
	}

	@ReadOperation
	WebEndpointResponse<Object> one(@Selector String view, @Nullable Integer limit) {
		int most = (limit != null) ? Math.max(0, limit) : MANY;
		return switch (view) {
			case "picks" -> new WebEndpointResponse<>(Map.of("picks", balancer.lastPicks(most)));
			case "events" -> new WebEndpointResponse<>(Map.of("events", audit.last(most)));
			case "settings" -> new WebEndpointResponse<>(peers.document());
			default -> Refusal.notFound("There is no '" + view + "': try picks, events or settings.");
		};
	}

	/**
	 * Shows an instance ({@code instances/web-app-1}), or waits until it can be stopped
	 * ({@code drain/web-app-1?wait=30s}): 200 if it can, 409 if not yet.
	 */
	@ReadOperation
	Mono<WebEndpointResponse<Object>> instance(@Selector String view, @Selector String id, @Nullable Duration wait) {
		Instance instance = views.find(id);
		if (instance == null) {
			return Mono.just(unknown(id));
		}
		return switch (view) {
			case "instances" -> Mono.just(new WebEndpointResponse<>(views.of(instance)));
			case "drain" -> drained(instance, (wait != null) ? wait : Duration.ZERO);
			default -> Mono.just(Refusal.notFound("There is no '" + view + "': try instances or drain."));
		};
	}

	private Mono<WebEndpointResponse<Object>> drained(Instance instance, Duration wait) {
		long end = System.nanoTime() + ((wait.compareTo(LONGEST_WAIT) > 0) ? LONGEST_WAIT : wait).toNanos();
		return Flux.interval(Duration.ZERO, PACE)
			.onBackpressureDrop()
			.map((tick) -> views.drain(instance))
			.takeUntil((view) -> view.safeToStop() || System.nanoTime() - end >= 0)
			.last()
			.map((view) -> new WebEndpointResponse<>(view, view.safeToStop() ? 200 : 409));
	}

	@WriteOperation
	Mono<WebEndpointResponse<Object>> change(@Nullable String algorithm, @Nullable Boolean failBack) {
		Algorithm chosen = find(Algorithm.values(), Algorithm::text, algorithm);
		if (algorithm != null && chosen == null) {
			return Mono.just(Refusal.badRequest(
					"There is no algorithm '" + algorithm + "': choose " + names(Algorithm.values(), Algorithm::text)));
		}
		if (chosen == null && !Boolean.TRUE.equals(failBack)) {
			return Mono.just(Refusal.badRequest("Send {\"algorithm\": \"...\"} or {\"failBack\": true}."));
		}
		return Actors.perform((actor) -> {
			if (chosen != null) {
				control.algorithm(chosen, actor);
			}
			if (Boolean.TRUE.equals(failBack)) {
				control.failBack(actor);
			}
			return new WebEndpointResponse<>(views.all());
		});
	}

	@WriteOperation
	Mono<WebEndpointResponse<Object>> receive(@Selector String view, String settings) {
		if (!view.equals("settings")) {
			return Mono.just(Refusal.notFound("Nothing can be sent to '" + view + "'."));
		}
		return Actors.perform((actor) -> {
			try {
				peers.merge(settings, actor);
				return new WebEndpointResponse<>(Map.of("merged", true));
			}
			catch (IllegalArgumentException ex) {
				return Refusal.badRequest(String.valueOf(ex.getMessage()));
			}
		});
	}

	@WriteOperation
	Mono<WebEndpointResponse<Object>> changeInstance(@Selector String view, @Selector String id,
			@Nullable Integer weight, @Nullable String state) {
		Instance instance = views.find(id);
		if (instance == null || !view.equals("instances")) {
			return Mono.just(unknown(id));
		}
		if (weight != null && (weight < 0 || weight > Instance.MAX_WEIGHT)) {
			return Mono.just(Refusal.badRequest("A weight is between 0 and 256, not " + weight + "."));
		}
		AdminState chosen = find(AdminState.values(), AdminState::text, state);
		if (state != null && chosen == null) {
			return Mono.just(Refusal.badRequest(
					"There is no state '" + state + "': choose " + names(AdminState.values(), AdminState::text)));
		}
		if (weight == null && chosen == null) {
			return Mono.just(Refusal.badRequest("Send {\"weight\": 0 to 256}, {\"state\": \"...\"} or both."));
		}
		return Actors.perform((actor) -> {
			control.instance(instance, weight, chosen, actor);
			return new WebEndpointResponse<>(views.of(instance));
		});
	}

	/** Makes the instance what it is in the configuration. */
	@DeleteOperation
	Mono<WebEndpointResponse<Object>> reset(@Selector String view, @Selector String id) {
		Instance instance = views.find(id);
		if (instance == null || !view.equals("instances")) {
			return Mono.just(unknown(id));
		}
		return Actors.perform((actor) -> {
			control.reset(instance, actor);
			return new WebEndpointResponse<>(views.of(instance));
		});
	}

	private WebEndpointResponse<Object> unknown(String id) {
		return Refusal.notFound("There is no instance '" + id + "': known are " + views.names() + ".");
	}

	private static <E> @Nullable E find(E[] all, Function<E, String> text, @Nullable String name) {
		return Arrays.stream(all).filter((each) -> text.apply(each).equalsIgnoreCase(name)).findFirst().orElse(null);
	}

	private static <E> String names(E[] all, Function<E, String> text) {
		return Arrays.stream(all).map(text).collect(Collectors.joining(", "));
	}

}
