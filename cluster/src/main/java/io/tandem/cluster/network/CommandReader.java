package io.tandem.cluster.network;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Finds the commands in the bytes that a client sends: packets of MySQL's classic
 * protocol with the sequence number 0. Of a packet no more than {@value #KEPT} bytes are
 * kept. After a request for TLS it understands nothing more.
 */
final class CommandReader {

	private static final int KEPT = 8192;

	private static final int HEADER = 4;

	private static final int SSL_REQUEST_LENGTH = 32;

	private static final int CLIENT_SSL = 1 << 11;

	private static final int CLIENT_QUERY_ATTRIBUTES = 1 << 27;

	private final long connection;

	private final Consumer<ClientCommand> commands;

	private final byte[] header = new byte[HEADER];

	private final byte[] payload = new byte[KEPT];

	private int inHeader;

	private int length;

	private int inPayload;

	private boolean greeted;

	private boolean encrypted;

	private boolean attributes;

	CommandReader(long connection, Consumer<ClientCommand> commands) {
		this.connection = connection;
		this.commands = commands;
	}

	void read(byte[] bytes, int count) {
		for (int at = 0; at < count && !this.encrypted;) {
			if (this.inHeader < HEADER) {
				this.header[this.inHeader++] = bytes[at++];
				if (this.inHeader == HEADER) {
					this.length = unsigned(this.header, 0) | unsigned(this.header, 1) << 8
							| unsigned(this.header, 2) << 16;
				}
			}
			else {
				int taken = Math.min(this.length - this.inPayload, count - at);
				int kept = Math.min(taken, KEPT - this.inPayload);
				if (kept > 0) {
					System.arraycopy(bytes, at, this.payload, this.inPayload, kept);
				}
				this.inPayload += taken;
				at += taken;
			}
			if (this.inHeader == HEADER && this.inPayload == this.length) {
				packet();
				this.inHeader = 0;
				this.inPayload = 0;
			}
		}
	}

	private static int unsigned(byte[] bytes, int at) {
		return bytes[at] & 0xff;
	}

	private void packet() {
		if (!this.greeted) {
			this.greeted = true;
			handshake();
		}
		else if (this.header[3] == 0 && this.length > 0) {
			int code = unsigned(this.payload, 0);
			String sql = (code == 0x03) ? text(queryStart()) : (code == 0x16) ? text(1) : "";
			this.commands.accept(new ClientCommand(this.connection, ClientCommand.kind(code), sql));
		}
	}

	private void handshake() {
		int capabilities = unsigned(this.payload, 0) | unsigned(this.payload, 1) << 8 | unsigned(this.payload, 2) << 16
				| unsigned(this.payload, 3) << 24;
		this.attributes = (capabilities & CLIENT_QUERY_ATTRIBUTES) != 0;
		this.encrypted = (capabilities & CLIENT_SSL) != 0 && this.length == SSL_REQUEST_LENGTH;
	}

	/** Clients that may send attributes with a query say how many: usually none. */
	private int queryStart() {
		return (this.attributes && this.payload[1] == 0) ? 3 : 1;
	}

	private String text(int start) {
		int end = Math.min(this.length, KEPT);
		return new String(Arrays.copyOfRange(this.payload, Math.min(start, end), end), StandardCharsets.UTF_8);
	}

	boolean isEncrypted() {
		return this.encrypted;
	}

}
