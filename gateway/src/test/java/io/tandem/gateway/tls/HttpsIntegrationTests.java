package io.tandem.gateway.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import io.tandem.gateway.support.TestMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/**
 * HTTPS as a client sees it that trusts only the certificate the gateway has made.
 */
@SuppressWarnings("AddressSelection") // no names
class HttpsIntegrationTests {

	@TempDir
	private static Path directory;

	private static final int port = TestInstance.freePort();

	private static final TestInstance instance = TestInstance.start("web-app-1");

	private static TestGateway gateway;

	@BeforeAll
	static void start() {
		gateway = TestGateway.over(List.of(instance), "tandem.gateway.https.port=" + port,
				"tandem.gateway.https.directory=" + directory.resolve("tls"), "tandem.gateway.https.redirect=true",
				"tandem.gateway.https.hsts=365d", "spring.ssl.bundle.watch.file.quiet-period=100ms",
				"tandem.gateway.limits.header-timeout=1s", "tandem.gateway.limits.idle-timeout=1500ms",
				"tandem.gateway.limits.stall-timeout=1s", "tandem.gateway.limits.body=1MB",
				"tandem.gateway.firewall.deny=127.0.0.66");
	}

	@BeforeEach
	void isInRotation() {
		instance.heal();
		gateway.awaitInRotation(1);
	}

	@AfterAll
	static void stop() {
		gateway.close();
		instance.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "HTTP_1_1", "HTTP_2" })
	void requestArrivesWithWhatTheInstanceNeedsToKnow(Version version) throws Exception {
		HttpResponse<String> response = send(version, request("/a?b=c").header("X-Forwarded-Proto", "http"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.version()).isEqualTo(version);
		assertThat(response.headers().allValues("Strict-Transport-Security")).containsExactly("max-age=31536000");
		assertThat(response.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
		TestMessage received = instance.served().getLast();
		assertThat(received.start()).isEqualTo("GET /a?b=c HTTP/1.1");
		assertThat(received.headers("X-Forwarded-For")).containsExactly("127.0.0.1");
		assertThat(received.headers("X-Forwarded-Proto")).containsExactly("https");
		assertThat(received.headers("X-Forwarded-Port")).containsExactly(String.valueOf(port));
		assertThat(received.headers("Host")).containsExactly("127.0.0.1:" + port);
		assertThat(String.join("\n", received.headers())).doesNotContainIgnoringCase("x-http2");
	}

	@ParameterizedTest
	@EnumSource(names = { "HTTP_1_1", "HTTP_2" })
	void bodiesArrive(Version version) throws Exception {
		HttpResponse<String> response = send(version, request("/").POST(BodyPublishers.ofString("x".repeat(500_000))));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(instance.served().getLast().body()).hasSize(500_000);
	}

	@ParameterizedTest
	@EnumSource(names = { "HTTP_1_1", "HTTP_2" })
	void rulesApply(Version version) throws Exception {
		HttpResponse<String> response = send(version, request("/a/%2e%2e/b"));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.headers().firstValue("X-Gateway-Error")).contains("bad-path");
		assertThat(send(version, request("/").method("TRACE", BodyPublishers.noBody())).statusCode()).isEqualTo(405);
		HttpResponse<String> large = send(version, request("/").POST(BodyPublishers.ofByteArray(new byte[1_100_000])));
		assertThat(large.statusCode()).isEqualTo(413);
		assertThat(instance.served()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "HTTP_1_1", "HTTP_2" })
	void headersUpToTheLimitArriveAndLargerOnesAreRefused(Version version) throws Exception {
		assertThat(send(version, request("/").header("X-Long", "x".repeat(12_000))).statusCode()).isEqualTo(200);
		assertThat(instance.served().getLast().header("X-Long")).hasSize(12_000);
		assertRefused(version, request("/").header("X-Long", "x".repeat(20_000)), 431, "header-too-large");
		assertRefused(version, request("/").header("X-Long", "x".repeat(9_000)).header("X-Longer", "x".repeat(9_000)),
				431, "header-too-large");
	}

	@ParameterizedTest
	@EnumSource(names = { "HTTP_1_1", "HTTP_2" })
	void targetsUpToTheLimitArriveAndLongerOnesAreRefused(Version version) throws Exception {
		assertThat(send(version, request("/" + "x".repeat(8_000))).statusCode()).isEqualTo(200);
		assertRefused(version, request("/" + "x".repeat(9_000)), 414, "target-too-long");
	}

	private static void assertRefused(Version version, HttpRequest.Builder request, int status, String reason)
			throws Exception {
		HttpResponse<String> response = send(version, request);
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.version()).isEqualTo(version);
		assertThat(response.headers().allValues("X-Gateway-Error")).containsExactly(reason);
	}

	@Test
	void bodyThatDripsOnAStreamIsCut() throws Exception {
		CountDownLatch ended = new CountDownLatch(1);
		instance.behave((served, request, in, out, socket) -> {
			try {
				in.transferTo(OutputStream.nullOutputStream());
			}
			finally {
				ended.countDown();
			}
		});
		try (HttpClient client = client(Version.HTTP_2);
				SubmissionPublisher<ByteBuffer> body = new SubmissionPublisher<>()) {
			CompletableFuture<HttpResponse<String>> response = client
				.sendAsync(request("/").POST(BodyPublishers.fromPublisher(body)).build(), BodyHandlers.ofString());
			await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(100)).until(() -> {
				body.submit(ByteBuffer.wrap(new byte[] { 'x' }));
				return ended.getCount() == 0;
			});
			response.cancel(true);
			client.shutdownNow();
		}
	}

	@Test
	void responseThatNobodyReadsOnAStreamIsCutAndTheInstanceLearnsOfIt() throws Exception {
		CountDownLatch ended = new CountDownLatch(1);
		instance.behave((served, request, in, out, socket) -> {
			try {
				TestInstance.respond(out, "HTTP/1.1 200 OK", List.of("Content-Length: 1000000000"), "");
				for (int i = 0; i < 10_000; i++) {
					out.write(new byte[100_000]);
				}
			}
			catch (IOException ex) {
				ended.countDown();
			}
		});
		try (HttpClient client = client(Version.HTTP_2)) {
			HttpResponse<InputStream> response = client.send(request("/").build(), BodyHandlers.ofInputStream());
			assertThat(ended.await(15, TimeUnit.SECONDS)).isTrue();
			assertThatIOException().isThrownBy(() -> response.body().transferTo(OutputStream.nullOutputStream()));
			client.shutdownNow();
		}
	}

	@Test
	void handshakeOrHeaderThatDripsIsCut() throws Exception {
		try (SSLSocket socket = connect()) {
			socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
				.startsWith("HTTP/1.1 408 ");
		}
	}

	@Test
	void idleHttp2ConnectionIsClosed() throws Exception {
		try (SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket("127.0.0.1", port)) {
			var parameters = socket.getSSLParameters();
			parameters.setApplicationProtocols(new String[] { "h2" });
			socket.setSSLParameters(parameters);
			socket.setSoTimeout(8000);
			socket.getOutputStream()
				.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1));
			assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
			socket.getInputStream().readAllBytes();
		}
	}

	@Test
	void olderVersionsOfTlsAreRefused() throws Exception {
		byte[] hello = HexFormat.of()
			.parseHex(
					"160301002d0100002903020000000000000000000000000000000000000000000000000000000000000000000002002f0100");
		try (Socket socket = new Socket("127.0.0.1", port)) {
			socket.setSoTimeout(8000);
			socket.getOutputStream().write(hello);
			byte[] answer = socket.getInputStream().readNBytes(7);
			assertThat(answer).as("a fatal alert").startsWith(21, 3).endsWith(2, 70);
		}
	}

	@Test
	void certificateNamesTheGatewayAndItsFileIsPrivate() throws Exception {
		Path file = directory.resolve("tls/gateway.pem");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
			.isEqualTo("rwx------");
		assertThat(send(Version.HTTP_2, HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/")))
			.statusCode()).isEqualTo(200);
		assertThat(SelfSignedCertificate.createIfMissing(file, List.of("other.test"))).isFalse();
	}

	@Test
	void httpIsRedirected() throws Exception {
		try (TestClient client = new TestClient(gateway.port())) {
			TestMessage response = client.exchange("POST /a|b?c HTTP/1.1", "Host: tandem.test:8080",
					"Content-Length: 0");
			assertThat(response.status()).isEqualTo(308);
			assertThat(response.header("Location")).isEqualTo("https://tandem.test:" + port + "/a%7Cb?c");
			assertThat(response.headers("Strict-Transport-Security")).isEmpty();
		}
		assertThat(instance.served()).isEmpty();
	}

	@Test
	void firewallAppliesBeforeTheHandshake() throws Exception {
		try (TestClient client = new TestClient("127.0.0.66", port)) {
			client.timeout(Duration.ofSeconds(5));
			assertThat(client.isClosedByGateway()).isTrue();
		}
	}

	@Test
	void newCertificateIsUsedWithoutARestart(@TempDir Path other) throws Exception {
		Path file = directory.resolve("tls/gateway.pem");
		Certificate before = certificate(file);
		SelfSignedCertificate.createIfMissing(other.resolve("gateway.pem"), List.of("127.0.0.1", "localhost"));
		Files.move(other.resolve("gateway.pem"), file, StandardCopyOption.REPLACE_EXISTING);
		Certificate after = certificate(file);
		assertThat(after).isNotEqualTo(before);
		await().ignoreExceptionsInstanceOf(IOException.class).untilAsserted(() -> {
			try (SSLSocket socket = connect()) {
				assertThat(socket.getSession().getPeerCertificates()).containsExactly(after);
			}
		});
	}

	@Test
	void clientThatTrustsOthersOnlyIsNotServed() {
		HttpClient stranger = HttpClient.newHttpClient();
		assertThatIOException().isThrownBy(() -> stranger.send(request("/").build(), BodyHandlers.ofString()))
			.withMessageContaining("certificat");
	}

	private static SSLSocket connect() throws Exception {
		SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket("127.0.0.1", port);
		socket.setSoTimeout(8000);
		socket.startHandshake();
		return socket;
	}

	private static HttpResponse<String> send(Version version, HttpRequest.Builder request) throws Exception {
		try (HttpClient client = client(version)) {
			return client.send(request.build(), BodyHandlers.ofString());
		}
	}

	private static HttpClient client(Version version) throws Exception {
		return HttpClient.newBuilder().sslContext(context()).version(version).build();
	}

	private static HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(20));
	}

	private static Certificate certificate(Path file) throws IOException, GeneralSecurityException {
		try (InputStream in = Files.newInputStream(file)) {
			return CertificateFactory.getInstance("X.509").generateCertificate(in);
		}
	}

	private static SSLContext context() throws IOException, GeneralSecurityException {
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("gateway", certificate(directory.resolve("tls/gateway.pem")));
		TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		managers.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, managers.getTrustManagers(), null);
		return context;
	}

}
