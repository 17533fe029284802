package io.tandem.benchmarks.dbrouter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.tandem.benchmarks.dbrouter.peer.Peer;
import io.tandem.benchmarks.dbrouter.peer.Window;
import io.tandem.benchmarks.report.Samples;

/**
 * Windows of load in rounds: every peer once in each, one after the other, so that what
 * else the machine does hits all alike. Each round begins with another peer.
 */
final class Rounds {

	private Rounds() {
	}

	static Samples<Peer, Window> run(List<PeerProcess> peers, int rounds, double seconds, int threads)
			throws IOException {
		Samples<Peer, Window> result = new Samples<>();
		List<PeerProcess> order = new ArrayList<>(peers);
		for (int i = 0; i < rounds; i++) {
			for (PeerProcess peer : order) {
				result.add(peer.peer(), peer.load(seconds, threads));
			}
			Collections.rotate(order, -(1 + peers.size() / 2));
		}
		return result;
	}

}
