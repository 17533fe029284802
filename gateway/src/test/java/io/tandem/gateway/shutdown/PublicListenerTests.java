package io.tandem.gateway.shutdown;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two servers on one port that let in nobody from 127.0.0.1, as a firewall may have it.
 */
class PublicListenerTests {

	private final int port = TestInstance.freePort();

	private final List<PublicListener> listeners = List.of(new PublicListener(true), new PublicListener(true));

	private final List<DisposableServer> servers = new ArrayList<>();

	@AfterEach
	void stop() {
		servers.forEach(DisposableServer::disposeNow);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1 })
	void newConnectionsGoToTheOtherServerWhateverTheFirewallSays(int ending) throws Exception {
		for (int i = 0; i < 2; i++) {
			servers.add(start(i));
		}
		listeners.get(ending).handOver();
		for (int i = 0; i < 30; i++) {
			try (TestClient client = new TestClient("127.0.0.66", port)) {
				assertThat(client.get("/").body()).isEqualTo("server " + (1 - ending));
			}
		}
	}

	private DisposableServer start(int number) throws InterruptedException {
		CountDownLatch bound = new CountDownLatch(1);
		HttpServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(port)
			.option(UnixChannelOption.SO_REUSEPORT, true)
			.doOnChannelInit((observer, channel, address) -> dropIfLocal(channel))
			.handle((request, response) -> {
				String body = "server " + number;
				response.header("Content-Length", String.valueOf(body.length()));
				return response.sendString(Mono.just(body));
			});
		DisposableServer started = listeners.get(number)
			.customize(server)
			.doOnBound((listener) -> bound.countDown())
			.bindNow();
		assertThat(bound.await(10, TimeUnit.SECONDS)).isTrue();
		return started;
	}

	private static void dropIfLocal(Channel channel) {
		if (channel.remoteAddress() instanceof InetSocketAddress address
				&& address.getHostString().equals("127.0.0.1")) {
			channel.config().setOption(ChannelOption.SO_LINGER, 0);
			channel.unsafe().close(channel.newPromise());
		}
	}

}
