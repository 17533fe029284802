package io.tandem.dbrouter.consistency.web;

import java.io.IOException;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

/**
 * Does something before each write: it may send the head of the response.
 */
final class TokenOutputStream extends ServletOutputStream {

	private final ServletOutputStream target;

	private final Runnable beforeSending;

	TokenOutputStream(ServletOutputStream target, Runnable beforeSending) {
		this.target = target;
		this.beforeSending = beforeSending;
	}

	@Override
	public void write(int oneByte) throws IOException {
		this.beforeSending.run();
		this.target.write(oneByte);
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		this.beforeSending.run();
		this.target.write(bytes, offset, length);
	}

	@Override
	public void print(String text) throws IOException {
		this.beforeSending.run();
		this.target.print(text);
	}

	@Override
	public void flush() throws IOException {
		this.beforeSending.run();
		this.target.flush();
	}

	@Override
	public void close() throws IOException {
		this.beforeSending.run();
		this.target.close();
	}

	@Override
	public boolean isReady() {
		return this.target.isReady();
	}

	@Override
	public void setWriteListener(WriteListener listener) {
		this.target.setWriteListener(listener);
	}

}
