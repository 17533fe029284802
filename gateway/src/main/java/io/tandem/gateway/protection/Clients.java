package io.tandem.gateway.protection;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.tandem.gateway.firewall.CidrSet;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the records of clients, a bounded number of them, and counts connections.
 */
final class Clients {

	/** IPv6 clients own a network of 64 bits and change addresses within it. */
	private static final int KEY_BYTES = 8;

	private final LimitProperties limits;

	private final CidrSet exempt;

	private final Map<Long, ClientRecord> records = new ConcurrentHashMap<>();

	private final ClientRecord unlimited = ClientRecord.unlimited();

	private final AtomicInteger connections = new AtomicInteger();

	private final AtomicBoolean forgetting = new AtomicBoolean();

	/**
	 * Creates the records.
	 * @param exempt who has no limits of its own
	 */
	Clients(LimitProperties limits, CidrSet exempt) {
		this.limits = limits;
		this.exempt = exempt;
	}

	/**
	 * Counts a new connection.
	 * @return whose it is, to be given back to {@link #disconnect}; null if it is one too
	 * many
	 */
	@Nullable ClientRecord connect(InetAddress address) {
		if (connections.incrementAndGet() <= limits.connections()) {
			ClientRecord client = record(address);
			boolean single = client != unlimited;
			if (client.connect(single ? limits.connectionsPerClient() : Integer.MAX_VALUE)) {
				return client;
			}
		}
		connections.decrementAndGet();
		return null;
	}

	void disconnect(ClientRecord client) {
		connections.decrementAndGet();
		client.disconnect();
	}

	/** The number of open connections. */
	int connections() {
		return connections.get();
	}

	ClientRecord record(InetAddress address) {
		return exempt.contains(address) ? unlimited : limited(address);
	}

	/** Of all those together whom a proxy does not name; never without limits. */
	ClientRecord unknown(InetAddress proxy) {
		return limited(proxy);
	}

	private ClientRecord limited(InetAddress address) {
		if (records.size() >= limits.clients()) {
			forget();
		}
		return records.computeIfAbsent(key(address),
				(key) -> ClientRecord.limited(limits.requestsPerSecond(), limits.burst()));
	}

	/** The number of records kept. */
	int size() {
		return records.size();
	}

	/** Forgets those who have taken nothing lately; if that is not enough, others. */
	private void forget() {
		if (!forgetting.compareAndSet(false, true)) {
			return;
		}
		try {
			records.values().removeIf(ClientRecord::isForgettable);
			int excess = records.size() - limits.clients() * 9 / 10;
			for (var each = records.values().iterator(); excess > 0 && each.hasNext();) {
				if (!each.next().isConnected()) {
					each.remove();
					excess--;
				}
			}
		}
		finally {
			forgetting.set(false);
		}
	}

	private static long key(InetAddress address) {
		byte[] bytes = address.getAddress();
		long key = 0;
		for (int i = 0; i < Math.min(bytes.length, KEY_BYTES); i++) {
			key = (key << 8) | (bytes[i] & 0xff);
		}
		return key;
	}

}
