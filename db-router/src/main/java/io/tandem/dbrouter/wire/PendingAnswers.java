package io.tandem.dbrouter.wire;

import java.io.IOException;
import java.io.InputStream;

import com.mysql.cj.protocol.FullReadInputStream;

/**
 * What the driver reads from a server, less the answers to commands that nobody waits
 * for: those are taken out, in their order, before anything is read. Used by the thread
 * that uses the connection.
 */
final class PendingAnswers extends FullReadInputStream {

	private static final int HEADER = 4;

	private static final int ERROR = 0xff;

	private int pending;

	PendingAnswers(InputStream answers) {
		super(answers);
	}

	/** One more command was sent whose answer is a single packet. */
	void expect() {
		this.pending++;
	}

	@Override
	public int readFully(byte[] bytes, int offset, int length) throws IOException {
		while (this.pending > 0) {
			take();
		}
		return super.readFully(bytes, offset, length);
	}

	/**
	 * The driver asks for this before each command, and throws away what is there.
	 */
	@Override
	public int available() throws IOException {
		while (this.pending > 0 && super.available() >= HEADER) {
			take();
		}
		return (this.pending > 0) ? 0 : super.available();
	}

	private void take() throws IOException {
		byte[] header = new byte[HEADER];
		super.readFully(header, 0, HEADER);
		byte[] answer = new byte[(header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16];
		super.readFully(answer, 0, answer.length);
		this.pending--;
		if (answer.length > 2 && (answer[0] & 0xff) == ERROR) {
			// To the driver the connection is lost, and so it is to its pool.
			throw new IOException(
					"A command before was refused: error " + ((answer[1] & 0xff) | (answer[2] & 0xff) << 8));
		}
	}

}
