package io.tandem.cluster.network;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How the network behaves now.
 */
final class Conditions {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition flowing = this.lock.newCondition();

	private volatile long toServerNanos;

	private volatile long toClientNanos;

	private volatile boolean dropping;

	void delay(Duration toServer, Duration toClient) {
		this.toServerNanos = toServer.toNanos();
		this.toClientNanos = toClient.toNanos();
	}

	long toServerNanos() {
		return this.toServerNanos;
	}

	long toClientNanos() {
		return this.toClientNanos;
	}

	void drop(boolean drop) {
		this.lock.lock();
		try {
			this.dropping = drop;
			this.flowing.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	void awaitFlow() throws InterruptedException {
		if (!this.dropping) {
			return;
		}
		this.lock.lockInterruptibly();
		try {
			while (this.dropping) {
				this.flowing.await();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
