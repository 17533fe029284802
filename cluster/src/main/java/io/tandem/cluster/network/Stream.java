package io.tandem.cluster.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * One direction of a connection. Bytes leave as long after they came in as the delay
 * says; bytes that come in meanwhile do not wait for them, as on a long wire.
 */
final class Stream {

	private static final int BUFFER = 64 * 1024;

	private static final Chunk END = new Chunk(new byte[0], 0);

	private final Socket from;

	private final Socket to;

	private final Conditions conditions;

	private final LongSupplier delay;

	private final Observer observer;

	private final BlockingQueue<Chunk> delayed = new LinkedBlockingQueue<>();

	private boolean everDelayed;

	Stream(Socket from, Socket to, Conditions conditions, LongSupplier delay, Observer observer) {
		this.from = from;
		this.to = to;
		this.conditions = conditions;
		this.delay = delay;
		this.observer = observer;
	}

	/** Passes bytes on until there are no more. */
	void run() throws IOException, InterruptedException {
		byte[] buffer = new byte[BUFFER];
		InputStream in = this.from.getInputStream();
		OutputStream out = this.to.getOutputStream();
		for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
			long due = System.nanoTime() + this.delay.getAsLong();
			this.observer.passing(buffer, count);
			if (!this.everDelayed && this.delay.getAsLong() == 0) {
				this.conditions.awaitFlow();
				out.write(buffer, 0, count);
			}
			else {
				delay(buffer, count, due, out);
			}
		}
		if (this.everDelayed) {
			this.delayed.put(END);
		}
		else {
			this.to.shutdownOutput();
		}
	}

	private void delay(byte[] buffer, int count, long due, OutputStream out) throws InterruptedException {
		byte[] copy = new byte[count];
		System.arraycopy(buffer, 0, copy, 0, count);
		this.delayed.put(new Chunk(copy, due));
		if (!this.everDelayed) {
			this.everDelayed = true;
			Thread.ofVirtual().name("mysql-proxy-delay").start(() -> release(out));
		}
	}

	private void release(OutputStream out) {
		try {
			for (Chunk chunk = this.delayed.take(); !chunk.isEnd(); chunk = this.delayed.take()) {
				for (long left = chunk.due - System.nanoTime(); left > 0; left = chunk.due - System.nanoTime()) {
					LockSupport.parkNanos(left);
				}
				this.conditions.awaitFlow();
				out.write(chunk.bytes);
			}
			this.to.shutdownOutput();
		}
		catch (IOException ex) {
			ProxiedConnection.closeQuietly(this.from);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Sees what passes before it is delayed. */
	@FunctionalInterface
	interface Observer {

		void passing(byte[] bytes, int count);

	}

	private static final class Chunk {

		private final byte[] bytes;

		private final long due;

		private Chunk(byte[] bytes, long due) {
			this.bytes = bytes;
			this.due = due;
		}

		private boolean isEnd() {
			return this.bytes.length == 0;
		}

	}

}
