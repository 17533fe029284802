package io.tandem.dbrouter.consistency.web;

import java.io.IOException;
import java.io.PrintWriter;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Puts the token into the head of the response before it is sent. The transaction ends in
 * a service, the response begins after it: with the first byte, a redirect, an error or a
 * flush.
 */
final class TokenResponse extends HttpServletResponseWrapper {

	private final TokenExchange exchange;

	private @Nullable ServletOutputStream stream;

	private @Nullable PrintWriter writer;

	TokenResponse(HttpServletResponse response, TokenExchange exchange) {
		super(response);
		this.exchange = exchange;
	}

	void beforeSending() {
		this.exchange.beforeSending((HttpServletResponse) getResponse());
	}

	@Override
	public ServletOutputStream getOutputStream() throws IOException {
		if (this.stream == null) {
			this.stream = new TokenOutputStream(super.getOutputStream(), this::beforeSending);
		}
		return this.stream;
	}

	@Override
	public PrintWriter getWriter() throws IOException {
		if (this.writer == null) {
			this.writer = new TokenWriter(super.getWriter(), this::beforeSending);
		}
		return this.writer;
	}

	@Override
	public void flushBuffer() throws IOException {
		beforeSending();
		super.flushBuffer();
	}

	@Override
	public void sendError(int status) throws IOException {
		beforeSending();
		super.sendError(status);
	}

	@Override
	public void sendError(int status, String message) throws IOException {
		beforeSending();
		super.sendError(status, message);
	}

	@Override
	public void sendRedirect(String location) throws IOException {
		beforeSending();
		super.sendRedirect(location);
	}

	@Override
	public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
		beforeSending();
		super.sendRedirect(location, status, clearBuffer);
	}

	@Override
	public void reset() {
		super.reset();
		this.stream = null;
		this.writer = null;
		this.exchange.reset();
	}

}
