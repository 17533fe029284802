package io.tandem.gateway.control;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.util.NetUtil;
import io.tandem.gateway.discovery.HostNames;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Keeps the settings of all gateways alike: sends each change to the others at once and
 * asks all of them every few seconds, so that one that was away catches up. Has a thread
 * of its own; requests never wait for it.
 */
public final class Peers implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(Peers.class);

	/** How long the start waits for what happened while this gateway was away. */
	private static final Duration FIRST_ROUND = Duration.ofSeconds(1);

	/** More than the client ever takes. */
	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final List<URI> peers;

	private final Duration interval;

	private final HostNames names;

	private final PeerClient client;

	private final OperatorControl control;

	/** Peers whose last answer was none; only used by the thread. */
	private final Set<URI> lost = new HashSet<>();

	/** What names stood for when they were last answered; only used by the thread. */
	private final Map<URI, List<URI>> known = new HashMap<>();

	private volatile List<URI> present;

	private final AtomicBoolean pushing = new AtomicBoolean();

	private volatile @Nullable ScheduledExecutorService executor;

	Peers(List<URI> peers, Duration interval, HostNames names, PeerClient client, OperatorControl control) {
		this.names = names;
		this.peers = peers;
		this.present = peers;
		this.interval = interval;
		this.client = client;
		this.control = control;
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // pullAll never throws
	public void start() {
		ScheduledExecutorService started = Executors
			.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("peers").daemon().factory());
		executor = started;
		CountDownLatch firstRound = new CountDownLatch(1);
		started.execute(() -> {
			pullAll();
			firstRound.countDown();
		});
		started.scheduleWithFixedDelay(this::pullAll, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
		control.onChange(() -> {
			// One waiting push sends the latest of everything.
			if (!pushing.getAndSet(true)) {
				started.execute(this::pushAll);
			}
		});
		try {
			firstRound.await(FIRST_ROUND.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void pullAll() {
		List<URI> all = all();
		present = all;
		lost.retainAll(all);
		for (URI peer : all) {
			attempt(peer, () -> {
				SettingsDocument document = client.pull(peer).block(LIMIT);
				if (document != null) {
					control.merge(document.settings(), new Actor("peer", peer.getAuthority()));
				}
			});
		}
	}

	private void pushAll() {
		pushing.set(false);
		SettingsDocument document = control.document();
		for (URI peer : all()) {
			attempt(peer, () -> client.push(peer, document).block(LIMIT));
		}
	}

	/**
	 * A name with several addresses stands for a gateway at each, perhaps this one too.
	 */
	private List<URI> all() {
		return peers.stream().flatMap((peer) -> addresses(peer).stream()).toList();
	}

	private List<URI> addresses(URI peer) {
		if (NetUtil.createInetAddressFromIpAddressString(peer.getHost()) != null) {
			return List.of(peer);
		}
		try {
			List<InetAddress> addresses = names.addresses(peer.getHost());
			known.put(peer,
					(addresses.size() < 2) ? List.of(peer)
							: addresses.stream()
								.map((address) -> HostNames.uri(peer.getScheme(), address, peer.getPort()))
								.toList());
		}
		catch (UnknownHostException ex) {
			logger.debug("The addresses of {} stay as they are", peer, ex);
		}
		return known.getOrDefault(peer, List.of(peer));
	}

	/** Where the gateways were found last, perhaps this one too; never waits. */
	public List<URI> present() {
		return present;
	}

	/** A thread that dies of an exception would never ask again. */
	private void attempt(URI peer, Runnable exchange) {
		try {
			exchange.run();
			if (lost.remove(peer)) {
				logger.info("The gateway {} shares changes again", peer.getAuthority());
			}
		}
		catch (RuntimeException ex) {
			if (lost.add(peer)) {
				logger.warn("The gateway {} does not hear of changes until it is back: {}", peer.getAuthority(),
						ex.getMessage());
			}
		}
	}

	@Override
	public void stop() {
		ScheduledExecutorService running = executor;
		if (running != null) {
			control.onChange(() -> {
			});
			running.shutdownNow();
			executor = null;
		}
	}

	@Override
	public boolean isAutoStartup() {
		return !peers.isEmpty();
	}

	@Override
	public boolean isRunning() {
		return executor != null;
	}

	/** Before the web server at start, after it at shutdown. */
	@Override
	public int getPhase() {
		return -1;
	}

}
