package io.tandem.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import io.tandem.gateway.support.TestClient;
import io.tandem.gateway.support.TestGateway;
import io.tandem.gateway.support.TestInstance;
import io.tandem.gateway.support.TestMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Unusual bytes from clients and instances, and what becomes of them. A character of a
 * test is a byte on the wire.
 */
class ByteMatrixIntegrationTests {

	private static final String HOST = "Host: tandem.test\r\n";

	private static final TestInstance instance = TestInstance.start("web-app-1");

	private static final TestGateway gateway = TestGateway.over(instance);

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

	static Stream<Arguments> refused() {
		return Stream.of(
				arguments("length and chunks", 400, "bad-request",
						post("Content-Length: 5\r\nTransfer-Encoding: chunked") + "0\r\n\r\n"),
				arguments("chunks and length", 400, "bad-request",
						post("Transfer-Encoding: chunked\r\nContent-Length: 5") + "0\r\n\r\n"),
				arguments("two equal lengths", 400, "bad-request",
						post("Content-Length: 2\r\nContent-Length: 2") + "ab"),
				arguments("two lengths in a line", 400, "bad-request", post("Content-Length: 2,2") + "ab"),
				arguments("two different lengths", 400, "bad-request",
						post("Content-Length: 2\r\nContent-Length: 3") + "abc"),
				arguments("negative length", 400, "bad-request", post("Content-Length: -1")),
				arguments("signed length", 400, "bad-request", post("Content-Length: +2") + "ab"),
				arguments("huge length", 413, "body-too-large", post("Content-Length: 99999999999")),
				arguments("length beyond all numbers", 400, "bad-request",
						post("Content-Length: 99999999999999999999999")),
				arguments("unknown transfer encoding", 501, "transfer-encoding",
						post("Transfer-Encoding: xchunked") + "0\r\n\r\n"),
				arguments("two transfer encodings", 501, "transfer-encoding",
						post("Transfer-Encoding: gzip, chunked") + "0\r\n\r\n"),
				arguments("chunks in HTTP/1.0", 400, "bad-request",
						"POST / HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
				arguments("folded transfer encoding", 400, "bad-request",
						post("Transfer-Encoding:\r\n chunked") + "0\r\n\r\n"),
				arguments("blank before the colon", 400, "bad-request",
						post("Transfer-Encoding : chunked") + "0\r\n\r\n"),
				arguments("header without a colon", 400, "bad-request", get("/", "Nonsense")),
				arguments("lines ended by LF only", 400, "bad-request", "GET / HTTP/1.1\nHost: tandem.test\n\n"),
				arguments("LF in a chunk extension", 400, "bad-request",
						post("Transfer-Encoding: chunked") + "1;a\nb\r\nx\r\n0\r\n\r\n"),
				arguments("wrong chunk length", 400, "bad-request", post("Transfer-Encoding: chunked") + "zz\r\n\r\n"),
				arguments("NUL in a header", 400, "bad-request", get("/", "X: a\0b")),
				arguments("CR in a header", 400, "bad-request", get("/", "X: a\rb")),
				arguments("no host", 400, "bad-host", "GET / HTTP/1.1\r\n\r\n"),
				arguments("no host in HTTP/1.0", 400, "bad-host", "GET / HTTP/1.0\r\n\r\n"),
				arguments("two hosts", 400, "bad-host", get("/", "Host: other.test")),
				arguments("twice the same host", 400, "bad-host", get("/", "Host: tandem.test")),
				arguments("host with a user", 400, "bad-host", "GET / HTTP/1.1\r\nHost: a@b.test\r\n\r\n"),
				arguments("other host in the target", 400, "bad-host", get("http://other.test/", "X: 1")),
				arguments("only an authority", 400, "bad-target", get("@169.254.169.254", "X: 1")),
				arguments("other scheme", 400, "bad-target", get("ftp://tandem.test/", "X: 1")),
				arguments("asterisk", 400, "bad-target", "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n"),
				arguments("two slashes first", 400, "bad-target", get("//evil.com/x", "X: 1")),
				arguments("dot segments", 400, "bad-path", get("/public/../admin", "X: 1")),
				arguments("dot segment at the end", 400, "bad-path", get("/public/..", "X: 1")),
				arguments("single dot", 400, "bad-path", get("/./admin", "X: 1")),
				arguments("encoded dot segments", 400, "bad-path", get("/public/%2e%2E/admin", "X: 1")),
				arguments("half encoded dot segments", 400, "bad-path", get("/public/.%2e/admin", "X: 1")),
				arguments("dot segment with a parameter", 400, "bad-path", get("/public/..;x=1/admin", "X: 1")),
				arguments("encoded slash", 400, "bad-path", get("/public/..%2fadmin", "X: 1")),
				arguments("backslash", 400, "bad-path", get("/public\\..\\admin", "X: 1")),
				arguments("encoded backslash", 400, "bad-path", get("/public%5cadmin", "X: 1")),
				arguments("encoded NUL", 400, "bad-path", get("/a%00b", "X: 1")),
				arguments("encoded line feed", 400, "bad-path", get("/a%0ab", "X: 1")),
				arguments("wrong percent encoding", 400, "bad-path", get("/a%zzb", "X: 1")),
				arguments("fragment", 400, "bad-path", get("/a#b", "X: 1")),
				arguments("bytes that are not UTF-8", 400, "bad-path", get("/\u00ff", "X: 1")),
				arguments("header of 20 KB", 431, "header-too-large", get("/", "X: " + "x".repeat(20_000))),
				arguments("600 headers", 431, "header-too-large", get("/", "X: 1\r\n".repeat(600) + "Y: 1")),
				arguments("target of 9 KB", 414, "target-too-long", get("/" + "x".repeat(9000), "X: 1")),
				arguments("TRACE", 405, "method-not-allowed", "TRACE / HTTP/1.1\r\n" + HOST + "\r\n"),
				arguments("CONNECT", 405, "method-not-allowed",
						"CONNECT tandem.test:443 HTTP/1.1\r\nHost: tandem.test:443\r\n\r\n"),
				arguments("FOO", 405, "method-not-allowed", "FOO / HTTP/1.1\r\n" + HOST + "\r\n"),
				arguments("HTTP/2 without negotiation", 505, "bad-request", "GET / HTTP/2.0\r\n" + HOST + "\r\n"),
				arguments("other expectation", 417, "bad-request", get("/", "Expect: wonders")));
	}

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource("refused")
	void refusesAndClosesTheConnection(String name, int status, String reason, String bytes) throws Exception {
		try (TestClient client = new TestClient(gateway.port())) {
			client.writeBytes(bytes);
			TestMessage response = client.read(true);
			assertThat(response.status()).isEqualTo(status);
			assertThat(response.header("X-Gateway-Error")).isEqualTo(reason);
			assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
			assertThat(response.body()).contains("\"status\":" + status, "\"reason\":\"" + reason + "\"");
			assertThat(response.header("Connection")).isEqualTo("close");
			assertThat(client.isClosedByGateway()).isTrue();
		}
		assertThat(instance.served()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("passedOn")
	void passesOnByteByByte(String target) throws Exception {
		assertThat(receivedAfter(get(target, "X: 1")).target()).isEqualTo(target);
	}

	static Stream<String> passedOn() {
		return Stream.of("/", "/a|b{c}", "/x?a[]=1|2", "/[a]^`\"<>", "/x?q=\"<>{}^`", "/x?url=http://a.test/../b//c",
				"/x?100%", "/x?a\\b", utf8("/\u00e9"), utf8("/\u65e5\u672c?\u672c"), "/%C3%A9", "/a//b", "/a;b=c/d",
				"/...", "/.well-known/x", "/a/.b/..c", "/a%20b", "/a%2Eb", "/a+b", "/?", "/a?b?c=/");
	}

	@ParameterizedTest
	@MethodSource("absolute")
	void absoluteTargetsArriveInTheUsualForm(String target, String expected) throws Exception {
		assertThat(receivedAfter(get(target, "X: 1")).target()).isEqualTo(expected);
	}

	static Stream<Arguments> absolute() {
		return Stream.of(arguments("http://tandem.test/a?b", "/a?b"), arguments("HTTP://TANDEM.test", "/"),
				arguments("http://tandem.test?a", "/?a"), arguments("https://tandem.test/a|b", "/a|b"));
	}

	@ParameterizedTest
	@MethodSource("connectionOptions")
	void connectionHeaderRemovesNothing(String options) throws Exception {
		TestMessage received = receivedAfter(get("/", "Authorization: Bearer key\r\nCookie: a=b\r\n" + options));
		assertThat(received.headers("Authorization")).containsExactly("Bearer key");
		assertThat(received.headers("Cookie")).containsExactly("a=b");
		assertThat(received.headers("X-Forwarded-For")).containsExactly("127.0.0.1");
	}

	static Stream<String> connectionOptions() {
		return Stream.of("Connection: Authorization", "Connection: keep-alive, Cookie, X-Forwarded-For",
				"Connection: close\r\nConnection: Authorization,Cookie");
	}

	@ParameterizedTest
	@MethodSource("invalidResponses")
	void invalidResponsesOfInstancesBecomeBadGateway(String name, String bytes) throws Exception {
		instance.behave((served, request, in, out, socket) -> answer(served, request, out, socket, bytes, in));
		try (TestClient client = new TestClient(gateway.port())) {
			client.writeBytes(get("/", "X: 1"));
			TestMessage response = client.read(true);
			assertThat(response.status()).isEqualTo(502);
			assertThat(response.header("X-Gateway-Error")).isIn("invalid-response", "broken");
			assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
		}
	}

	static Stream<Arguments> invalidResponses() {
		return Stream.of(arguments("junk", "this is not HTTP at all\r\n\r\n"),
				arguments("header of 40 KB", "HTTP/1.1 200 OK\r\nX: " + "x".repeat(40_000) + "\r\n\r\n"),
				arguments("length and chunks",
						"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
				arguments("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"));
	}

	private static void answer(TestInstance served, TestMessage request, OutputStream out, Socket socket, String bytes,
			InputStream in) throws IOException {
		served.note(new TestMessage(request.start(), request.headers(), request.readBody(in)));
		out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
		out.flush();
		socket.shutdownOutput();
	}

	private static TestMessage receivedAfter(String bytes) throws IOException {
		try (TestClient client = new TestClient(gateway.port())) {
			client.writeBytes(bytes);
			TestMessage response = client.read(true);
			assertThat(response.status()).as(response.body()).isEqualTo(200);
		}
		return instance.served().getLast();
	}

	private static String get(String target, String header) {
		return "GET " + target + " HTTP/1.1\r\n" + HOST + header + "\r\n\r\n";
	}

	private static String post(String header) {
		return "POST / HTTP/1.1\r\n" + HOST + header + "\r\n\r\n";
	}

	/** The bytes of a text, each as a character. */
	private static String utf8(String text) {
		return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
	}

}
