package io.tandem.gateway.tls;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.server.reactive.HttpHandler;

/**
 * The second public listener. Starts after the first and ends like it: requests under way
 * get their time.
 */
public final class HttpsListener implements SmartLifecycle, DisposableBean {

	private final NettyReactiveWebServerFactory factory;

	private final HttpHandler handler;

	private volatile @Nullable WebServer server;

	HttpsListener(NettyReactiveWebServerFactory factory, HttpHandler handler) {
		this.factory = factory;
		this.handler = handler;
	}

	@Override
	public void start() {
		WebServer started = factory.getWebServer(handler);
		started.start();
		server = started;
	}

	/**
	 * Where it listens.
	 * @return the port, or -1 if it does not listen
	 */
	public int port() {
		WebServer running = server;
		return (running != null) ? running.getPort() : -1;
	}

	@Override
	public void stop(Runnable callback) {
		WebServer running = server;
		if (running == null) {
			callback.run();
			return;
		}
		running.shutDownGracefully((result) -> {
			stop();
			callback.run();
		});
	}

	@Override
	public void stop() {
		WebServer running = server;
		server = null;
		if (running != null) {
			running.stop();
		}
	}

	@Override
	public void destroy() {
		stop();
	}

	@Override
	public boolean isRunning() {
		return server != null;
	}

	@Override
	public int getPhase() {
		return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
	}

}
