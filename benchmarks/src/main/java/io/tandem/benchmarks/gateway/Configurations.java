package io.tandem.benchmarks.gateway;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The configuration files of HAProxy and nginx: what a production set-up needs and
 * nothing that costs time beyond that, so no access log and no forwarded headers.
 */
final class Configurations {

	private Configurations() {
	}

	static String haproxy(int port, List<Integer> backends) {
		return """
				global
				  nbthread 1
				  maxconn 4096
				defaults
				  mode http
				  timeout connect 500ms
				  timeout client 15s
				  timeout server 10s
				  timeout http-request 15s
				frontend public
				  bind 127.0.0.1:%d
				  default_backend app
				backend app
				  balance roundrobin
				  option httpchk GET /actuator/health/readiness
				  default-server check inter 1s
				%s
				""".formatted(port,
				IntStream.range(0, backends.size())
					.mapToObj((i) -> "  server app-" + (i + 1) + " 127.0.0.1:" + backends.get(i))
					.collect(Collectors.joining("\n")));
	}

	static String nginx(int port, List<Integer> backends) {
		return nginx("""
				  upstream app {
				%s
				    keepalive 64;
				  }
				  server {
				    listen 127.0.0.1:%d;
				    location / {
				      proxy_pass http://app;
				      proxy_http_version 1.1;
				      proxy_set_header Connection "";
				      proxy_set_header Host $http_host;
				    }
				  }
				""".formatted(backends.stream()
			.map((backend) -> "    server 127.0.0.1:" + backend + ";")
			.collect(Collectors.joining("\n")), port));
	}

	/** The servers behind the proxies: 1 KiB of JSON for every request. */
	static String backends(List<Integer> ports) {
		String body = "{\"text\":\"" + "x".repeat(1024 - 11) + "\"}";
		return nginx(ports.stream().map((port) -> """
				  server {
				    listen 127.0.0.1:%d;
				    default_type application/json;
				    location / { return 200 '%s'; }
				  }
				""".formatted(port, body)).collect(Collectors.joining()));
	}

	private static String nginx(String http) {
		return """
				daemon off;
				master_process off;
				pid nginx.pid;
				error_log stderr warn;
				events { worker_connections 4096; }
				http {
				  access_log off;
				  keepalive_requests 1000000000;
				  keepalive_timeout 600s;
				%s}
				""".formatted(http);
	}

}
