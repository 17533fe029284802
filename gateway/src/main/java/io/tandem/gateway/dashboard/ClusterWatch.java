package io.tandem.gateway.dashboard;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.tandem.gateway.balance.BalanceStatus;
import io.tandem.gateway.balance.Instance;
import io.tandem.gateway.balance.InstancePool;
import io.tandem.gateway.balance.InstanceStatus;
import io.tandem.gateway.health.HealthBoard;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.SmartLifecycle;

/**
 * Looks at the whole cluster once a second: at itself, at the other gateways and, through
 * the instances, at the databases. Keeps the history; makes a snapshot of everything only
 * while somebody watches, and then one for all of them. Has a thread of its own.
 */
final class ClusterWatch implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ClusterWatch.class);

	private static final long PERIOD_MILLIS = 1_000;

	/** Snapshots repeat the events of so long, for a page that has missed one. */
	private static final long RECENT_MILLIS = 5_000;

	private static final String SELF = "self";

	private final String node;

	private final InstancePool pool;

	private final HealthBoard health;

	private final TrafficMeter meter;

	private final EventLog events;

	private final Broadcast broadcast;

	private final Supplier<List<URI>> gateways;

	private final Remotes remotes;

	private final JsonMapper json;

	private final Clock clock;

	private final Series series = new Series();

	private final TrafficView traffic = new TrafficView();

	private final DatabaseView databases;

	private final ScheduledExecutorService executor = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("dashboard").daemon().factory());

	private final Map<String, Remote<TrafficReport>> peers = new LinkedHashMap<>();

	private final Map<String, Remote<DatabaseReport>> routers = new LinkedHashMap<>();

	/** What the pages were last told of who answers; only used by the thread. */
	private Map<String, Boolean> answering = Map.of();

	private final AtomicBoolean publishing = new AtomicBoolean();

	private Series.@Nullable Point latest;

	private volatile boolean running;

	ClusterWatch(String node, InstancePool pool, HealthBoard health, TrafficMeter meter, EventLog events,
			Broadcast broadcast, Supplier<List<URI>> gateways, Remotes remotes, JsonMapper json, Clock clock) {
		this.node = node;
		this.pool = pool;
		this.health = health;
		this.meter = meter;
		this.events = events;
		this.broadcast = broadcast;
		this.json = json;
		this.clock = clock;
		this.gateways = gateways;
		this.remotes = remotes;
		this.databases = new DatabaseView(events);
	}

	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // look never throws
	public void start() {
		running = true;
		executor.scheduleAtFixedRate(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
	}

	private void look() {
		try {
			followGateways();
			followInstances();
			peers.values().forEach(Remote::ask);
			routers.values().forEach(Remote::ask);
			traffic.update(SELF, meter.report());
			latest = traffic.point(clock.millis(), databases.worstLagMillis());
			series.add(latest);
			publish();
		}
		catch (RuntimeException ex) {
			// A schedule that throws is never called again.
			logger.warn("The dashboard misses a second", ex);
		}
	}

	private void followGateways() {
		Map<String, URI> there = new LinkedHashMap<>();
		gateways.get().forEach((uri) -> there.put(uri.getAuthority(), uri));
		for (Map.Entry<String, Remote<TrafficReport>> gone : removeOthers(peers, there.keySet()).entrySet()) {
			traffic.update(gone.getKey(), null);
			if (!isSelf(gone.getValue())) {
				events.add(Event.Kind.NOTE, gatewayName(gone.getKey(), gone.getValue()) + " has left");
			}
		}
		there.forEach((name, uri) -> peers.computeIfAbsent(name,
				(key) -> remotes.gateway(uri, executor, () -> peerAnswered(name))));
	}

	private void followInstances() {
		Map<String, Instance> there = new LinkedHashMap<>();
		pool.all().forEach((instance) -> there.put(instance.id(), instance));
		for (String gone : removeOthers(routers, there.keySet()).keySet()) {
			databases.update(gone, null);
			events.add(Event.Kind.NOTE, gone + " has left");
		}
		there.forEach((id, instance) -> {
			if (!routers.containsKey(id)) {
				routers.put(id, remotes.instance(instance, executor, () -> routerAnswered(id)));
				// Those of the beginning are nothing new.
				if (latest != null) {
					events.add(Event.Kind.NOTE, id + " is new");
				}
			}
		});
	}

	private static <T> Map<String, Remote<T>> removeOthers(Map<String, Remote<T>> remotes, Set<String> there) {
		Map<String, Remote<T>> others = new LinkedHashMap<>(remotes);
		others.keySet().removeAll(there);
		remotes.keySet().retainAll(there);
		return others;
	}

	/** A name that stands for all gateways stands for this one too. */
	private boolean isSelf(Remote<TrafficReport> peer) {
		TrafficReport last = peer.last();
		return last != null && last.node().equals(node);
	}

	private void peerAnswered(String name) {
		Remote<TrafficReport> peer = peers.get(name);
		if (peer != null) {
			traffic.update(name, (peer.isAnswering() && !isSelf(peer)) ? peer.last() : null);
		}
		noteAnswers();
	}

	private void routerAnswered(String instance) {
		Remote<DatabaseReport> router = routers.get(instance);
		if (router != null) {
			databases.update(instance, router.isAnswering() ? router.last() : null);
		}
		if (databases.note()) {
			publishSoon();
		}
	}

	private void noteAnswers() {
		Map<String, Boolean> now = new LinkedHashMap<>();
		others().forEach((name, peer) -> now.put(gatewayName(name, peer), peer.isAnswering()));
		if (!now.equals(answering)) {
			now.forEach((name, answers) -> {
				Boolean before = answering.get(name);
				if (before != null && !before.equals(answers)) {
					events.add(answers ? Event.Kind.UP : Event.Kind.DOWN,
							name + (answers ? " answers again" : " does not answer"));
				}
			});
			answering = now;
			publishSoon();
		}
	}

	private Map<String, Remote<TrafficReport>> others() {
		Map<String, Remote<TrafficReport>> others = new LinkedHashMap<>(peers);
		others.values().removeIf(this::isSelf);
		return others;
	}

	private static String gatewayName(String address, Remote<TrafficReport> peer) {
		TrafficReport last = peer.last();
		return (last != null) ? last.node() : address;
	}

	/** Tells the pages of a change without waiting for the next second. */
	void publishSoon() {
		if (running && broadcast.isWatched() && !publishing.getAndSet(true)) {
			try {
				executor.execute(() -> {
					publishing.set(false);
					publish();
				});
			}
			catch (RejectedExecutionException ex) {
				logger.debug("The gateway ends", ex);
			}
		}
	}

	private void publish() {
		if (broadcast.isWatched()) {
			broadcast.send("snapshot", json.writeValueAsBytes(snapshot()));
		}
	}

	/** What a page needs that has just been opened. */
	byte[] history() {
		return json.writeValueAsBytes(new History(series.all(), events.all()));
	}

	/** Points and events so far. */
	private record History(List<Series.Point> points, List<Event> events) {

	}

	private Snapshot snapshot() {
		BalanceStatus status = pool.status();
		List<Snapshot.Gateway> all = new ArrayList<>();
		all.add(new Snapshot.Gateway(node, true, true, traffic.rate(SELF), null));
		others().forEach((name, peer) -> all.add(new Snapshot.Gateway(gatewayName(name, peer), peer.isAnswering(),
				false, traffic.rate(name), "http://" + name + "/")));
		all.sort(Comparator.comparing(Snapshot.Gateway::name));
		return new Snapshot(clock.millis(), node, status.algorithm().text(), status.tier(), all, instances(status),
				traffic.flows(), databases.databases(), databases.uses(), databases.semiSync(), latest,
				events.since(RECENT_MILLIS));
	}

	private List<Snapshot.Instance> instances(BalanceStatus status) {
		List<Snapshot.Instance> instances = new ArrayList<>();
		for (InstanceStatus one : status.instances()) {
			Instance instance = pool.find(one.id());
			// It may have left since.
			if (instance != null) {
				instances.add(instance(instance, one));
			}
		}
		return instances;
	}

	private Snapshot.Instance instance(Instance instance, InstanceStatus status) {
		List<TrafficReport.Instance> views = traffic.instance(status.id());
		return new Snapshot.Instance(status, health.report(instance),
				views.stream().mapToInt(TrafficReport.Instance::inFlight).sum(), TrafficView.oldestMillis(views),
				isEverybodyAnswering() && status.isSafeToStop()
						&& views.stream().allMatch(TrafficReport.Instance::isSafeToStop));
	}

	/** A gateway that is silent may still send requests to any instance. */
	private boolean isEverybodyAnswering() {
		return others().values().stream().allMatch(Remote::isAnswering);
	}

	@Override
	public void stop() {
		running = false;
		executor.shutdownNow();
		broadcast.end();
	}

	@Override
	public boolean isRunning() {
		return running;
	}

}
