package io.tandem.gateway.loop;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.util.concurrent.FastThreadLocalThread;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;
import reactor.netty.http.HttpResources;
import reactor.netty.resources.LoopResources;

import org.springframework.util.ClassUtils;

/**
 * Event loops like Reactor Netty's own, on {@link LazyEpoll}.
 */
public final class EventLoops implements LoopResources {

	private static final String IO_URING = "io.netty.channel.uring.IoUring";

	private static @Nullable EventLoops inUse;

	private final EventLoopGroup servers;

	private final EventLoopGroup clients;

	private EventLoops(int count) {
		AtomicInteger number = new AtomicInteger();
		ThreadFactory threads = (loop) -> new LoopThread(loop, "reactor-http-epoll-" + number.incrementAndGet());
		this.servers = new MultiThreadIoEventLoopGroup(count, threads, LazyEpoll.factory());
		this.clients = LoopResources.colocate(servers);
	}

	/**
	 * Has everything in this process run on them that does not ask for other ones, unless
	 * the system has no epoll or io_uring was put on the class path. To be called before
	 * Reactor Netty is used, and again after its resources were disposed of.
	 */
	public static synchronized void use() {
		boolean suitable = LoopResources.DEFAULT_NATIVE && Epoll.isAvailable() && !ClassUtils.isPresent(IO_URING, null);
		if (suitable && (inUse == null || inUse.isDisposed())) {
			inUse = new EventLoops(LoopResources.DEFAULT_IO_WORKER_COUNT);
			HttpResources.set(inUse);
		}
	}

	@Override
	public EventLoopGroup onServer(boolean useNative) {
		return servers;
	}

	@Override
	public EventLoopGroup onClient(boolean useNative) {
		return clients;
	}

	@Override
	public boolean isDisposed() {
		return servers.isShuttingDown();
	}

	@Override
	public Mono<Void> disposeLater(Duration quietPeriod, Duration timeout) {
		return Mono.create(
				(sink) -> servers.shutdownGracefully(quietPeriod.toMillis(), timeout.toMillis(), TimeUnit.MILLISECONDS)
					.addListener((ended) -> sink.success()));
	}

	/** One on which Reactor refuses to block. */
	private static final class LoopThread extends FastThreadLocalThread implements NonBlocking {

		LoopThread(Runnable loop, String name) {
			super(loop, name);
			setDaemon(true);
		}

	}

}
