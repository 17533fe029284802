package io.tandem.cluster.network;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CommandReaderTests {

	private static final int QUERY_ATTRIBUTES = 1 << 27;

	private static final int SSL = 1 << 11;

	private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

	@Test
	void commandsAreFoundHoweverTheBytesArrive() {
		handshake(QUERY_ATTRIBUTES, 60);
		packet(3, "password".getBytes(StandardCharsets.UTF_8));
		packet(0, "\3\0\1SELECT 'ä'".getBytes(StandardCharsets.UTF_8));
		packet(0, new byte[] { 0x0e });
		packet(0, "\26SELECT ?".getBytes(StandardCharsets.UTF_8));
		for (int size : List.of(1, 2, 3, 7, 1000)) {
			assertThat(read(size)).as("in pieces of %s", size).containsExactly("SELECT 'ä'", "COM_PING", "SELECT ?");
		}
	}

	@Test
	void queryOfAClientWithoutAttributesIsReadFromItsFirstByte() {
		handshake(0, 60);
		packet(0, "\3COMMIT".getBytes(StandardCharsets.UTF_8));
		assertThat(read(1000)).containsExactly("COMMIT");
	}

	@Test
	void longQueryIsCutAndTheNextOneIsFound() {
		handshake(0, 60);
		packet(0, ("\3SELECT '" + "x".repeat(100_000) + "'").getBytes(StandardCharsets.UTF_8));
		packet(0, "\3COMMIT".getBytes(StandardCharsets.UTF_8));
		assertThat(read(1000)).hasSize(2).last().isEqualTo("COMMIT");
	}

	@Test
	void encryptedConnectionIsNotUnderstood() {
		handshake(SSL, 32);
		packet(0, "\3COMMIT".getBytes(StandardCharsets.UTF_8));
		assertThat(read(1000)).isEmpty();
	}

	private void handshake(int capabilities, int length) {
		byte[] payload = new byte[length];
		for (int at = 0; at < 4; at++) {
			payload[at] = (byte) (capabilities >> (8 * at));
		}
		packet(1, payload);
	}

	private void packet(int sequence, byte[] payload) {
		this.sent.write(payload.length);
		this.sent.write(payload.length >> 8);
		this.sent.write(payload.length >> 16);
		this.sent.write(sequence);
		this.sent.writeBytes(payload);
	}

	private List<String> read(int size) {
		List<String> found = new ArrayList<>();
		CommandReader reader = new CommandReader(1, (command) -> found.add(command.toString()));
		byte[] bytes = this.sent.toByteArray();
		for (int at = 0; at < bytes.length; at += size) {
			int count = Math.min(size, bytes.length - at);
			byte[] piece = new byte[count];
			System.arraycopy(bytes, at, piece, 0, count);
			reader.read(piece, count);
		}
		return found;
	}

}
