package io.tandem.benchmarks.dbrouter;

import io.tandem.benchmarks.dbrouter.peer.Peer;
import io.tandem.benchmarks.dbrouter.peer.Window;
import io.tandem.benchmarks.report.Samples;
import io.tandem.benchmarks.report.Summary;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ReportTests {

	private final Samples<Peer, Window> rounds = new Samples<>();

	@Test
	void peerIsComparedWithBootInTheSameRound() {
		// The machine was ten times slower in the second round.
		add(Peer.BOOT, 1000);
		add(Peer.DB_ROUTER, 2000);
		add(Peer.BOOT, 100);
		add(Peer.DB_ROUTER, 220);
		add(Peer.BOOT, 1000);
		add(Peer.DB_ROUTER, 1900);
		Summary ratio = this.rounds.ratio(Peer.DB_ROUTER, Peer.BOOT, Window::perSecond);
		assertThat(ratio.median()).isEqualTo(2, within(1e-9));
		assertThat(ratio.least()).isEqualTo(1.9, within(1e-9));
		assertThat(ratio.most()).isEqualTo(2.2, within(1e-9));
	}

	@Test
	void withoutBootThereIsNoRatio() {
		add(Peer.DB_ROUTER, 2000);
		assertThat(this.rounds.ratio(Peer.DB_ROUTER, Peer.BOOT, Window::perSecond).median()).isNaN();
		assertThat(Report.load(this.rounds)).contains("| db-router, causal reads | 2,000 | - (---) |");
	}

	private void add(Peer peer, long perSecond) {
		this.rounds.add(peer, new Window(2, perSecond, perSecond, 0, 1, 100, 900, 200, 1000));
	}

}
