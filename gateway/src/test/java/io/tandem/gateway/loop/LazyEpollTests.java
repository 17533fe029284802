package io.tandem.gateway.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.ThreadAwareExecutor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LazyEpollTests {

	private static final EpollIoOps READ = EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLRDHUP);

	private static final EpollIoOps PAUSE = EpollIoOps.EPOLLRDHUP;

	private final RecordingEpoll epoll = new RecordingEpoll();

	private final ThisThread loop = new ThisThread();

	private final LazyEpoll lazy = new LazyEpoll(epoll, loop);

	private final OpenFile file = new OpenFile(true);

	private final IoRegistration registration = register(file);

	@Test
	void lastWordBeforeTheWaitCounts() {
		registration.submit(READ);
		registration.submit(PAUSE);
		assertThat(epoll.told).isEmpty();
		await();
		assertThat(epoll.told).containsExactly(PAUSE);
	}

	@Test
	void stoppingAndGoingOnBetweenTwoWaitsIsNotTold() {
		registration.submit(READ);
		await();
		registration.submit(PAUSE);
		registration.submit(READ);
		await();
		assertThat(epoll.told).containsExactly(READ);
	}

	@Test
	void changeThatLastsIsTold() {
		registration.submit(READ);
		await();
		registration.submit(PAUSE);
		await();
		registration.submit(READ);
		await();
		await();
		assertThat(epoll.told).containsExactly(READ, PAUSE, READ);
	}

	@Test
	void closedFileIsLeftAloneForItsNumberMayBeAnothers() {
		OpenFile closed = new OpenFile(false);
		register(closed).submit(READ);
		await();
		assertThat(epoll.told).isEmpty();
	}

	@Test
	void refusedFileIsClosedAndTheOthersAreWatched() {
		epoll.refused = PAUSE;
		registration.submit(PAUSE);
		register(new OpenFile(true)).submit(READ);
		await();
		assertThat(file.closings).isEqualTo(1);
		assertThat(epoll.told).containsExactly(READ);
	}

	@Test
	void otherThreadsAreServedByTheLoop() {
		loop.other = true;
		registration.submit(READ);
		assertThat(loop.tasks).hasSize(1);
		loop.other = false;
		loop.tasks.forEach(Runnable::run);
		await();
		assertThat(epoll.told).containsExactly(READ);
	}

	private IoRegistration register(OpenFile file) {
		try {
			return lazy.register(file);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void await() {
		lazy.run(new IoHandlerContext() {

			@Override
			public boolean canBlock() {
				return false;
			}

			@Override
			public long delayNanos(long currentTimeNanos) {
				return 0;
			}

			@Override
			public long deadlineNanos() {
				return -1;
			}

		});
	}

	private static final class RecordingEpoll implements IoHandler {

		private final List<IoOps> told = new ArrayList<>();

		private IoOps refused = EpollIoOps.NONE;

		@Override
		public int run(IoHandlerContext context) {
			return 0;
		}

		@Override
		public IoRegistration register(IoHandle handle) {
			return new IoRegistration() {

				@Override
				public long submit(IoOps ops) {
					if (ops.equals(refused)) {
						throw new UncheckedIOException(new IOException("refused"));
					}
					told.add(ops);
					return 0;
				}

				@Override
				@SuppressWarnings({ "TypeParameterUnusedInFormals", "unchecked" })
				public <T> T attachment() {
					return (T) told;
				}

				@Override
				public boolean isValid() {
					return true;
				}

				@Override
				public boolean cancel() {
					return true;
				}

			};
		}

		@Override
		public void wakeup() {
			// It never waits.
		}

		@Override
		public boolean isCompatible(Class<? extends IoHandle> type) {
			return true;
		}

	}

	private static final class ThisThread implements ThreadAwareExecutor {

		private final List<Runnable> tasks = new ArrayList<>();

		private boolean other;

		@Override
		public boolean isExecutorThread(Thread thread) {
			return !other;
		}

		@Override
		public void execute(Runnable task) {
			tasks.add(task);
		}

	}

	private static final class OpenFile implements EpollIoHandle {

		private final FileDescriptor descriptor = new FileDescriptor(Integer.MAX_VALUE);

		private int closings;

		private OpenFile(boolean open) {
			if (!open) {
				try {
					descriptor.close();
				}
				catch (IOException ex) {
					// There is no such file.
				}
			}
		}

		@Override
		public FileDescriptor fd() {
			return descriptor;
		}

		@Override
		public void handle(IoRegistration registration, IoEvent event) {
			// Nothing happens to it.
		}

		@Override
		public void close() {
			closings++;
		}

	}

}
