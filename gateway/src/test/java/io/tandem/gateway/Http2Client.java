package io.tandem.gateway;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersDecoder;
import io.tandem.gateway.support.TestClient;

/**
 * One HTTP/2 connection that tells what arrives on it and goes on where other clients
 * would open the next one.
 */
final class Http2Client implements AutoCloseable {

	private static final int DATA = 0;

	private static final int HEADERS = 1;

	private static final int SETTINGS = 4;

	private static final int GO_AWAY = 7;

	private static final int END_STREAM = 1;

	private static final int END_STREAM_AND_HEADERS = 5;

	private final SSLSocket socket;

	private final OutputStream out;

	private final DataInputStream in;

	private final Http2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder();

	Http2Client(int port) throws IOException {
		socket = (SSLSocket) TestClient.trusting().getSocketFactory().createSocket("127.0.0.1", port);
		SSLParameters parameters = socket.getSSLParameters();
		parameters.setApplicationProtocols(new String[] { "h2" });
		socket.setSSLParameters(parameters);
		socket.setSoTimeout(10_000);
		out = socket.getOutputStream();
		in = new DataInputStream(socket.getInputStream());
		out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		write(SETTINGS, 0, 0, new byte[0]);
	}

	void get(int stream) throws IOException {
		send(stream, "GET", "/");
	}

	void send(int stream, String method, String path) throws IOException {
		// Names of the static table: :method, :path, :authority and the whole :scheme:
		// https (RFC 7541, appendix A)
		write(HEADERS, END_STREAM_AND_HEADERS, stream,
				("\u0002" + text(method) + "\u0004" + text(path) + "\u0001" + text("tandem.test") + "\u0087")
					.getBytes(StandardCharsets.ISO_8859_1));
	}

	private static String text(String value) {
		return (char) value.length() + value;
	}

	private void write(int type, int flags, int stream, byte[] payload) throws IOException {
		ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
		frame.putInt(payload.length << 8 | type).put((byte) flags).putInt(stream).put(payload);
		out.write(frame.array());
		out.flush();
	}

	void awaitHeaders(int stream) throws IOException {
		Frame frame = read();
		while (frame.type() != HEADERS || frame.stream() != stream) {
			frame = read();
		}
	}

	/** Reads an answer to its end. */
	Answer read(int stream) throws IOException {
		try {
			Frame frame = read();
			while (frame.type() != HEADERS || frame.stream() != stream) {
				frame = read();
			}
			Http2Headers headers = decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(frame.payload()));
			boolean headOnly = frame.isLast();
			int length = 0;
			while (!frame.isLast() || frame.stream() != stream) {
				frame = read();
				length += (frame.type() == DATA && frame.stream() == stream) ? frame.payload().remaining() : 0;
			}
			return new Answer(headers, headOnly, length);
		}
		catch (Http2Exception ex) {
			throw new IOException(ex);
		}
	}

	/**
	 * Reads until the gateway asks for another connection.
	 * @return the last stream that it is going to serve
	 */
	int awaitGoAway() throws IOException {
		Frame frame = read();
		while (frame.type() != GO_AWAY) {
			frame = read();
		}
		return frame.payload().getInt(0);
	}

	/** Reads until the gateway closes the connection in good order. */
	void awaitEnd() throws IOException {
		try {
			while (true) {
				read();
			}
		}
		catch (EOFException ex) {
			// As it should be.
		}
	}

	private Frame read() throws IOException {
		int start = in.readInt();
		byte flags = in.readByte();
		int stream = in.readInt();
		byte[] payload = new byte[start >>> 8];
		in.readFully(payload);
		return new Frame(start & 0xff, flags, stream, ByteBuffer.wrap(payload));
	}

	@Override
	public void close() throws IOException {
		socket.close();
	}

	private record Frame(int type, byte flags, int stream, ByteBuffer payload) {

		boolean isLast() {
			return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
		}

	}

	/**
	 * An answer.
	 *
	 * @param headOnly whether no DATA frame followed, not even an empty one
	 * @param length of the content
	 */
	record Answer(Http2Headers headers, boolean headOnly, int length) {

		int status() {
			return Integer.parseInt(headers.status().toString());
		}

		String header(String name) {
			return String.valueOf(headers.get(name));
		}

	}

}
