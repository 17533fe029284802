package io.tandem.cluster.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A link shortener without a database, which can be slow, and loses links on demand.
 */
public final class StubShortener implements AutoCloseable {

	private final Map<String, String> links = new ConcurrentHashMap<>();

	private final List<String> urls = new ArrayList<>();

	private final HttpServer server;

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private volatile Duration readsTake = Duration.ZERO;

	private volatile boolean forgetful;

	private volatile boolean silent;

	public StubShortener() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	public URI uri() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + "/");
	}

	/** How many links are there. */
	public int size() {
		return this.links.size();
	}

	/** Acknowledge links and keep none. */
	public void beForgetful() {
		this.forgetful = true;
	}

	/** Create links and do not acknowledge them. */
	void letWritesFail(boolean fail) {
		this.silent = fail;
	}

	void letReadsTake(Duration time) {
		this.readsTake = time;
	}

	/** Lose the link that was created as the n-th, from 0. */
	void lose(int number) {
		this.links.remove("code" + number);
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			String code = exchange.getRequestURI().getPath().replaceFirst("^/(api/links/)?", "");
			switch (exchange.getRequestMethod()) {
				case "POST" -> create(exchange);
				case "DELETE" -> exchange.sendResponseHeaders((this.links.remove(code) != null) ? 204 : 404, -1);
				default -> follow(exchange, this.links.get(code));
			}
		}
	}

	private void create(HttpExchange exchange) throws IOException {
		String url = JsonMapper.shared().readTree(exchange.getRequestBody()).required("url").asString();
		String code = codeOf(url);
		if (!this.forgetful) {
			this.links.put(code, url);
		}
		if (this.silent) {
			exchange.sendResponseHeaders(502, -1);
			return;
		}
		byte[] body = ("{\"code\":\"" + code + "\",\"ownerKey\":\"key-of-" + code + "\"}")
			.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(201, body.length);
		exchange.getResponseBody().write(body);
	}

	/** The URL is the idempotency key. */
	private synchronized String codeOf(String url) {
		int number = this.urls.indexOf(url);
		if (number < 0) {
			number = this.urls.size();
			this.urls.add(url);
		}
		return "code" + number;
	}

	private void follow(HttpExchange exchange, @Nullable String url) throws IOException {
		LockSupport.parkNanos(this.readsTake.toNanos());
		if (url != null) {
			exchange.getResponseHeaders().add("Location", url);
		}
		exchange.sendResponseHeaders((url != null) ? 302 : 404, -1);
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.close();
	}

}
