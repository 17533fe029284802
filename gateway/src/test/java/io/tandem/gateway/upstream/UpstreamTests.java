package io.tandem.gateway.upstream;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.tandem.gateway.balance.Failure;
import io.tandem.gateway.balance.Instance;
import io.tandem.gateway.support.TestInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.netty.resources.LoopResources;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Calls to an instance whose event loop the test holds, so that both sides act in the
 * order that matters.
 */
class UpstreamTests {

	private static final Duration PATIENCE = Duration.ofMillis(200);

	private final LoopResources loops = LoopResources.create("upstream", 1, true);

	private final EventLoopGroup group = loops.onClient(true);

	private final Channel client = loops.onChannel(SocketChannel.class, group);

	private final Upstream upstream = new Upstream(
			new UpstreamProperties(Duration.ofMillis(300), PATIENCE, PATIENCE, Duration.ofHours(1),
					DataSize.ofKilobytes(32), 1, Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofMinutes(5)),
			DefaultAddressResolverGroup.INSTANCE, 1);

	private final TestInstance instance = TestInstance.start("web-app-1");

	private final List<ByteBuf> heads = new ArrayList<>();

	@BeforeEach
	void register() {
		group.register(client).syncUninterruptibly();
	}

	@AfterEach
	void stop() {
		upstream.close();
		client.close().syncUninterruptibly();
		loops.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block(Duration.ofSeconds(10));
		instance.close();
	}

	@Test
	void answerThatWasThereBeforeTheResetIsReadAlthoughTheBodyCannotBeSent() throws Exception {
		CountDownLatch held = new CountDownLatch(1);
		CountDownLatch answered = new CountDownLatch(1);
		instance.behave((instance, request, in, out, socket) -> {
			held.await();
			TestInstance.respond(out, "HTTP/1.1 413 Too Large", List.of("Content-Length: 2"), "no");
			socket.setSoLinger(true, 0);
			socket.close();
			answered.countDown();
		});
		Outcome outcome = new Outcome();
		UpstreamCall call = call(HttpMethod.POST, BodyFraming.CHUNKED, outcome);
		client.eventLoop().submit(() -> upstream.send(call, instance("http", instance.port()), client, false)).get();
		outcome.connected.get(5, TimeUnit.SECONDS);
		// The loop learns of answer and reset only when it has sent some of the body.
		client.eventLoop().submit(() -> {
			held.countDown();
			assertThat(answered.await(5, TimeUnit.SECONDS)).isTrue();
			call.send(Unpooled.wrappedBuffer(new byte[100_000]));
			call.send(Unpooled.wrappedBuffer(new byte[100_000]));
			call.sendLast();
			return null;
		}).get(10, TimeUnit.SECONDS);
		assertThat(outcome.get()).isEqualTo("413 no");
	}

	@ParameterizedTest
	@EnumSource(names = { "LENGTH", "CHUNKED" })
	void emptyPartDoesNotEndTheBody(BodyFraming framing) throws Exception {
		Outcome outcome = new Outcome();
		UpstreamCall call = call(HttpMethod.POST, framing, outcome);
		client.eventLoop().submit(() -> upstream.send(call, instance("http", instance.port()), client, false)).get();
		outcome.connected.get(5, TimeUnit.SECONDS);
		client.eventLoop().submit(() -> {
			call.send(Unpooled.copiedBuffer("ab", StandardCharsets.US_ASCII));
			call.send(Unpooled.EMPTY_BUFFER);
			call.send(Unpooled.copiedBuffer("c".repeat(17), StandardCharsets.US_ASCII));
			call.sendLast();
		}).get();
		assertThat(outcome.get()).startsWith("200 POST /");
		assertThat(instance.served().getFirst().body()).isEqualTo("ab" + "c".repeat(17));
	}

	@Test
	void headThatIsNeverSentIsReleased() throws Exception {
		UpstreamCall unreachable = call(HttpMethod.GET, BodyFraming.NONE, new Outcome());
		UpstreamCall aborted = call(HttpMethod.GET, BodyFraming.NONE, new Outcome());
		try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Socket waiting = new Socket(full.getInetAddress(), full.getLocalPort());
				Socket another = new Socket(full.getInetAddress(), full.getLocalPort())) {
			assertThat(List.of(waiting, another)).allMatch(Socket::isConnected);
			for (UpstreamCall call : List.of(unreachable, aborted)) {
				client.eventLoop()
					.submit(() -> upstream.send(call, instance("http", full.getLocalPort()), client, true))
					.get();
			}
			client.eventLoop().submit(aborted::abort).get();
			await().untilAsserted(() -> assertThat(heads).hasSize(2).allMatch((head) -> head.refCnt() == 0));
		}
	}

	@Test
	void resetWithoutAnAnswerIsBroken() throws Exception {
		instance.behave(TestInstance.RESET_AFTER_READING);
		assertThat(send(HttpMethod.GET, "http", instance.port()).get()).isEqualTo("BROKEN");
	}

	@Test
	void handshakeThatIsNotAnsweredTakesNoLongerThanAConnection() throws Exception {
		try (ServerSocket mute = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
			Outcome outcome = send(HttpMethod.GET, "https", mute.getLocalPort());
			assertThat(outcome.get()).isEqualTo("UNREACHABLE");
		}
	}

	@Test
	void listenerThatThrowsDoesNotEndTheTimeLimitsOfOthers() throws Exception {
		instance.behave(TestInstance.SILENT);
		Outcome throwing = new Outcome() {

			@Override
			public void failed(Failure failure) {
				super.failed(failure);
				throw new IllegalStateException("A defect of a listener");
			}

		};
		send(throwing, HttpMethod.GET, "http", instance.port());
		assertThat(throwing.get()).isEqualTo("TIMED_OUT");
		assertThat(send(HttpMethod.GET, "http", instance.port()).get()).isEqualTo("TIMED_OUT");
	}

	private Outcome send(HttpMethod method, String scheme, int port) {
		Outcome outcome = new Outcome();
		send(outcome, method, scheme, port);
		return outcome;
	}

	private void send(Outcome outcome, HttpMethod method, String scheme, int port) {
		UpstreamCall call = call(method, BodyFraming.NONE, outcome);
		client.eventLoop().execute(() -> upstream.send(call, instance(scheme, port), client, false));
	}

	private UpstreamCall call(HttpMethod method, BodyFraming framing, Outcome outcome) {
		String length = switch (framing) {
			case NONE -> "";
			case LENGTH -> "Content-Length: 19\r\n";
			case CHUNKED -> "Transfer-Encoding: chunked\r\n";
		};
		ByteBuf head = Unpooled.copiedBuffer(method + " / HTTP/1.1\r\nHost: tandem.test\r\n" + length + "\r\n",
				StandardCharsets.US_ASCII);
		heads.add(head);
		return new UpstreamCall(head, false, framing, PATIENCE, outcome);
	}

	private static Instance instance(String scheme, int port) {
		URI uri = URI.create(scheme + "://127.0.0.1:" + port);
		return new Instance("web-app-1", uri, uri);
	}

	/** What becomes of a call. */
	private static class Outcome implements AnswerListener {

		private final CompletableFuture<Void> connected = new CompletableFuture<>();

		private final CompletableFuture<String> end = new CompletableFuture<>();

		private final StringBuilder answer = new StringBuilder();

		/** Status and body, or the failure. */
		String get() throws Exception {
			return end.get(3, TimeUnit.SECONDS);
		}

		@Override
		public void connected() {
			connected.complete(null);
		}

		@Override
		public void writable() {
		}

		@Override
		public void head(HttpResponse head) {
			answer.append(head.status().code()).append(' ');
		}

		@Override
		public void body(ByteBuf part) {
			answer.append(part.toString(StandardCharsets.US_ASCII));
			part.release();
		}

		@Override
		public void pause() {
		}

		@Override
		public void ended() {
			end.complete(answer.toString());
		}

		@Override
		public void failed(Failure failure) {
			end.complete(failure.name());
		}

	}

}
