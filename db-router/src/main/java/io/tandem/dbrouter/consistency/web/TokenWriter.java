package io.tandem.dbrouter.consistency.web;

import java.io.PrintWriter;

/**
 * Does something before each write: it may send the head of the response. All other
 * methods of a {@link PrintWriter} end up in these.
 */
final class TokenWriter extends PrintWriter {

	private final PrintWriter target;

	private final Runnable beforeSending;

	TokenWriter(PrintWriter target, Runnable beforeSending) {
		super(target);
		this.target = target;
		this.beforeSending = beforeSending;
	}

	@Override
	public void write(int character) {
		this.beforeSending.run();
		this.target.write(character);
	}

	@Override
	public void write(char[] characters, int offset, int length) {
		this.beforeSending.run();
		this.target.write(characters, offset, length);
	}

	@Override
	public void write(String text, int offset, int length) {
		this.beforeSending.run();
		this.target.write(text, offset, length);
	}

	@Override
	public void println() {
		this.beforeSending.run();
		this.target.println();
	}

	@Override
	public void flush() {
		this.beforeSending.run();
		this.target.flush();
	}

	@Override
	public void close() {
		this.beforeSending.run();
		this.target.close();
	}

	@Override
	public boolean checkError() {
		return this.target.checkError();
	}

}
