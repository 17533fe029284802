package io.tandem.dbrouter.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class PendingAnswersTests {

	private static final byte[] OK = { 7, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0 };

	private static final byte[] REFUSED = { 5, 0, 0, 1, (byte) 0xff, 0x1d, 0x04, 'n', 'o' };

	private static final byte[] NEXT = { 2, 0, 0, 1, 42, 43 };

	private final Wire wire = new Wire();

	private final PendingAnswers answers = new PendingAnswers(this.wire);

	@Test
	void expectedAnswersAreTakenOutBeforeTheNextOneIsRead() throws IOException {
		this.answers.expect();
		this.answers.expect();
		this.wire.arrive(OK, OK, NEXT);
		assertThat(read(6)).isEqualTo(NEXT);
	}

	@Test
	void driverIsNotShownExpectedAnswersWhenItLooksForWhatIsLeft() throws IOException {
		this.answers.expect();
		assertThat(this.answers.available()).isZero();
		this.wire.arrive(OK);
		assertThat(this.answers.available()).isZero();
		assertThat(this.wire.available()).isZero();
		this.wire.arrive(NEXT);
		assertThat(this.answers.available()).isEqualTo(6);
	}

	@Test
	void answerThatComesAfterTheDriverLookedIsTakenOutToo() throws IOException {
		this.answers.expect();
		assertThat(this.answers.available()).isZero();
		this.wire.arrive(OK, NEXT);
		assertThat(read(6)).isEqualTo(NEXT);
	}

	@Test
	void refusalEndsTheConnection() {
		this.answers.expect();
		this.wire.arrive(REFUSED, NEXT);
		assertThatIOException().isThrownBy(() -> read(6)).withMessageContaining("1053");
	}

	@Test
	void endOfTheConnectionIsNoAnswer() {
		this.answers.expect();
		assertThatExceptionOfType(EOFException.class).isThrownBy(() -> read(6));
	}

	private byte[] read(int length) throws IOException {
		byte[] bytes = new byte[length];
		this.answers.readFully(bytes, 0, length);
		return bytes;
	}

	private static final class Wire extends InputStream {

		private final Deque<Byte> bytes = new ArrayDeque<>();

		private void arrive(byte[]... packets) {
			for (byte[] packet : packets) {
				for (byte next : packet) {
					this.bytes.add(next);
				}
			}
		}

		@Override
		public int read() {
			Byte next = this.bytes.poll();
			return (next != null) ? next & 0xff : -1;
		}

		@Override
		public int read(byte[] into, int offset, int length) {
			int count = Math.min(length, this.bytes.size());
			for (int at = 0; at < count; at++) {
				into[offset + at] = this.bytes.remove();
			}
			return (count > 0) ? count : -1;
		}

		@Override
		public int available() {
			return this.bytes.size();
		}

	}

}
