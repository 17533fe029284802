package io.tandem.gateway.loop;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.ThreadAwareExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Epoll that hears once before each wait what to watch, and not at each change. Reactor
 * Netty stops reading a connection when a request begins and goes on when it has ended,
 * most often before the next wait: two system calls for nothing.
 * <p>
 * Connections notice no difference: Netty 4.2 watches them without {@code EPOLLET}, so
 * that epoll reports what is so at the moment of the wait.
 */
final class LazyEpoll implements IoHandler {

	private static final Logger logger = LoggerFactory.getLogger(LazyEpoll.class);

	private final IoHandler epoll;

	private final ThreadAwareExecutor loop;

	private final List<Watched> changed = new ArrayList<>();

	LazyEpoll(IoHandler epoll, ThreadAwareExecutor loop) {
		this.epoll = epoll;
		this.loop = loop;
	}

	static IoHandlerFactory factory() {
		IoHandlerFactory epoll = EpollIoHandler.newFactory();
		return (loop) -> new LazyEpoll(epoll.newHandler(loop), loop);
	}

	@Override
	public void initialize() {
		epoll.initialize();
	}

	@Override
	public int run(IoHandlerContext context) {
		// One that is refused may change others.
		for (int i = 0; i < changed.size(); i++) {
			changed.get(i).tell();
		}
		changed.clear();
		return epoll.run(context);
	}

	@Override
	public IoRegistration register(IoHandle handle) throws Exception {
		return new Watched((EpollIoHandle) handle, epoll.register(handle));
	}

	@Override
	public void wakeup() {
		epoll.wakeup();
	}

	@Override
	public boolean isCompatible(Class<? extends IoHandle> type) {
		return epoll.isCompatible(type);
	}

	@Override
	public void prepareToDestroy() {
		epoll.prepareToDestroy();
	}

	@Override
	public void destroy() {
		epoll.destroy();
	}

	/** A file descriptor. */
	private final class Watched implements IoRegistration {

		private final EpollIoHandle handle;

		private final IoRegistration registration;

		private @Nullable IoOps told;

		private @Nullable IoOps wanted;

		Watched(EpollIoHandle handle, IoRegistration registration) {
			this.handle = handle;
			this.registration = registration;
		}

		@Override
		public long submit(IoOps ops) {
			if (!loop.isExecutorThread(Thread.currentThread())) {
				loop.execute(() -> submit(ops));
			}
			else {
				if (wanted == null) {
					changed.add(this);
				}
				wanted = ops;
			}
			return 0;
		}

		void tell() {
			IoOps now = wanted;
			wanted = null;
			// One that was closed has a number that another may have now.
			if (now != null && !now.equals(told) && handle.fd().isOpen()) {
				told = now;
				try {
					registration.submit(now);
				}
				catch (UncheckedIOException ex) {
					close(ex);
				}
			}
		}

		private void close(UncheckedIOException cause) {
			logger.debug("Epoll refused", cause);
			try {
				handle.close();
			}
			catch (Exception ex) {
				logger.debug("Closing failed", ex);
			}
		}

		@Override
		public boolean isValid() {
			return registration.isValid();
		}

		@Override
		public boolean cancel() {
			return registration.cancel();
		}

		@Override
		@SuppressWarnings("TypeParameterUnusedInFormals")
		public <T> T attachment() {
			return registration.attachment();
		}

	}

}
