package io.tandem.benchmarks.dbrouter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.tandem.benchmarks.dbrouter.peer.Peer;
import io.tandem.benchmarks.dbrouter.peer.Window;

/**
 * Windows of load in rounds: every peer once in each, one after the other, so that what
 * else the machine does hits all alike. Each round begins with another peer.
 */
final class Rounds {

	private final Map<Peer, List<Window>> windows = new EnumMap<>(Peer.class);

	static Rounds run(List<PeerProcess> peers, int rounds, double seconds, int threads) throws IOException {
		Rounds result = new Rounds();
		List<PeerProcess> order = new ArrayList<>(peers);
		for (int i = 0; i < rounds; i++) {
			for (PeerProcess peer : order) {
				result.add(peer.peer(), peer.load(seconds, threads));
			}
			Collections.rotate(order, -(1 + peers.size() / 2));
		}
		return result;
	}

	void add(Peer peer, Window window) {
		this.windows.computeIfAbsent(peer, (key) -> new ArrayList<>()).add(window);
	}

	List<Peer> peers() {
		return List.copyOf(this.windows.keySet());
	}

	/** The median of all rounds for one figure of a window. */
	Summary of(Peer peer, Figure figure) {
		return Summary.of(list(peer).stream().mapToDouble(figure::of).toArray());
	}

	/**
	 * A figure compared with Boot's own in the same round.
	 * @param peer the peer
	 * @param figure the figure
	 * @return the ratios of all rounds
	 */
	Summary toBoot(Peer peer, Figure figure) {
		List<Window> own = list(peer);
		List<Window> boot = list(Peer.BOOT);
		double[] ratios = new double[Math.min(own.size(), boot.size())];
		for (int i = 0; i < ratios.length; i++) {
			ratios[i] = figure.of(own.get(i)) / figure.of(boot.get(i));
		}
		return Summary.of(ratios);
	}

	long errors(Peer peer) {
		return list(peer).stream().mapToLong(Window::errors).sum();
	}

	private List<Window> list(Peer peer) {
		return this.windows.getOrDefault(peer, List.of());
	}

	/** One figure of a window. */
	@FunctionalInterface
	interface Figure {

		double of(Window window);

	}

}
