package io.tandem.gateway;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import io.tandem.gateway.support.TestClient;

/**
 * One HTTP/2 connection that tells what arrives on it and goes on where other clients
 * would open the next one.
 */
final class Http2Client implements AutoCloseable {

	private static final int HEADERS = 1;

	private static final int SETTINGS = 4;

	private static final int GO_AWAY = 7;

	private static final int END_STREAM_AND_HEADERS = 5;

	private final SSLSocket socket;

	private final OutputStream out;

	private final DataInputStream in;

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
		byte[] host = "tandem.test".getBytes(StandardCharsets.US_ASCII);
		// GET, https, / and :authority of the static table (RFC 7541, appendix A)
		ByteBuffer header = ByteBuffer.allocate(5 + host.length);
		header.put((byte) 0x82).put((byte) 0x87).put((byte) 0x84).put((byte) 0x01).put((byte) host.length).put(host);
		write(HEADERS, END_STREAM_AND_HEADERS, stream, header.array());
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
		in.readByte();
		int stream = in.readInt();
		byte[] payload = new byte[start >>> 8];
		in.readFully(payload);
		return new Frame(start & 0xff, stream, ByteBuffer.wrap(payload));
	}

	@Override
	public void close() throws IOException {
		socket.close();
	}

	private record Frame(int type, int stream, ByteBuffer payload) {

	}

}
