package io.tandem.gateway.proxy;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.reactor.netty.autoconfigure.NettyServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.cloud.gateway.event.RefreshRoutesResultEvent;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.reactive.handler.AbstractUrlHandlerMapping;
import org.springframework.web.reactive.result.method.AbstractHandlerMethodMapping;
import org.springframework.web.server.WebFilter;

/**
 * Whether the {@link DirectWay} is open. It is as long as nobody has added anything to
 * Spring that sees or changes requests, and until the gateway ends, which Spring tells
 * the clients.
 */
final class DirectWayGate implements SmartInitializingSingleton, ApplicationListener<ApplicationEvent> {

	private static final Logger logger = LoggerFactory.getLogger(DirectWayGate.class);

	/** Ends connections at shutdown; by then this way is closed. */
	private static final String CLOSING_HANDLER = "closingHandler";

	private final ApplicationContext context;

	private final Route everything;

	private final boolean wanted;

	/** Whether all beans are there. */
	private volatile boolean complete;

	private volatile boolean open;

	private volatile boolean shortcutOpen;

	/**
	 * Creates the gate.
	 * @param everything the route that takes every request
	 * @param wanted whether it may be open at all
	 */
	DirectWayGate(ApplicationContext context, Route everything, boolean wanted) {
		this.context = context;
		this.everything = everything;
		this.wanted = wanted;
	}

	boolean isOpen() {
		return open;
	}

	/** Whether Reactor Netty would do nothing but pass plain requests on either. */
	boolean isShortcutOpen() {
		return shortcutOpen;
	}

	@Override
	public void afterSingletonsInstantiated() {
		complete = true;
		look();
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (event instanceof ContextClosedEvent) {
			complete = false;
			close();
		}
		else if (event instanceof RefreshRoutesResultEvent && complete) {
			look();
		}
	}

	/** Does not wait: new routes are announced on a thread that must not. */
	private void look() {
		close();
		context.getBean(RouteLocator.class).getRoutes().next().subscribe((first) -> decide(obstacle(first)));
	}

	private void close() {
		open = false;
		shortcutOpen = false;
	}

	private void decide(@Nullable String obstacle) {
		if (obstacle != null) {
			logger.info("Requests go through WebFlux, because {}", obstacle);
		}
		else {
			logger.info("Requests are forwarded without WebFlux");
		}
		open = obstacle == null && complete;
		shortcutOpen = open && isReactorNettyIdle();
	}

	/** Whether nothing was ordered that it does for requests or connections. */
	private boolean isReactorNettyIdle() {
		NettyServerProperties netty = context.getBean(NettyServerProperties.class);
		List<String> orders = new ArrayList<>(names(NettyServerCustomizer.class));
		if (context.getBean(ServerProperties.class).getCompression().getEnabled()) {
			orders.add("compression");
		}
		if (netty.getIdleTimeout() != null) {
			orders.add("an idle timeout");
		}
		if (netty.getMaxKeepAliveRequests() != null && netty.getMaxKeepAliveRequests() > 0) {
			orders.add("a limit of requests for each connection");
		}
		if (!orders.isEmpty()) {
			logger.info("Reactor Netty sees each of them, because there is {}", String.join(", ", orders));
		}
		return orders.isEmpty();
	}

	/** What WebFlux would do besides forwarding. */
	private @Nullable String obstacle(Route first) {
		if (!wanted) {
			return "tandem.gateway.direct is false";
		}
		if (context.getEnvironment()
			.getProperty("management.observations.enable.http.server.requests", Boolean.class, true)) {
			return "requests are observed";
		}
		List<String> strangers = strangers();
		if (!strangers.isEmpty()) {
			return "there is " + String.join(", ", strangers);
		}
		if (!first.equals(everything)) {
			return "there is a route before " + everything.getId();
		}
		return null;
	}

	/** Beans that may see or change requests. */
	private List<String> strangers() {
		List<String> strangers = new ArrayList<>(names(WebFilter.class));
		strangers.addAll(names(HttpHandlerDecoratorFactory.class));
		strangers.addAll(names(WebHttpHandlerBuilderCustomizer.class));
		strangers.remove(CLOSING_HANDLER);
		context.getBeansOfType(GlobalFilter.class).forEach((name, filter) -> {
			if (!(filter instanceof ForwardingFilter)) {
				strangers.add(name);
			}
		});
		strangers.addAll(handlersBeforeRoutes());
		return strangers;
	}

	/** WebFlux asks the mappings in order: those after the routes are never asked. */
	private List<String> handlersBeforeRoutes() {
		HandlerMapping routes = context.getBean(RoutePredicateHandlerMapping.class);
		List<String> names = new ArrayList<>();
		context.getBeansOfType(HandlerMapping.class).forEach((name, mapping) -> {
			if (!mapping.equals(routes) && !isEmpty(mapping)
					&& AnnotationAwareOrderComparator.INSTANCE.compare(mapping, routes) <= 0) {
				names.add(name);
			}
		});
		return names;
	}

	private static boolean isEmpty(HandlerMapping mapping) {
		return switch (mapping) {
			case AbstractHandlerMethodMapping<?> methods -> methods.getHandlerMethods().isEmpty();
			case RouterFunctionMapping functions -> functions.getRouterFunction() == null;
			case AbstractUrlHandlerMapping urls -> urls.getHandlerMap().isEmpty();
			default -> false;
		};
	}

	private List<String> names(Class<?> type) {
		return List.of(context.getBeanNamesForType(type, true, false));
	}

}
