package io.tandem.dbrouter;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.tandem.cluster.mysql.MySqlPair;
import io.tandem.dbrouter.ConsistencyTokens.Scope;
import io.tandem.dbrouter.app.ConsistentNotes;
import io.tandem.dbrouter.app.NoteApplication;
import io.tandem.dbrouter.app.NoteWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that write through one instance and read from the other at once, all at the
 * same time. {@code -Dcausal.pairs=100000} takes some minutes.
 */
@ExtendWith(SharedPair.class)
class CausalPairsIntegrationTests {

	private static final int CLIENTS = Integer.getInteger("causal.clients", 8);

	private static final long PAIRS = Long.getLong("causal.pairs", 2000);

	private final AtomicLong ids = new AtomicLong(1000);

	private final AtomicLong onReplica = new AtomicLong();

	private final Queue<Object> stale = new ConcurrentLinkedQueue<>();

	@Test
	void noReadIsStaleAndNineOfTenAreOnTheReplica(MySqlPair pair) throws Exception {
		try (TwoInstances instances = new TwoInstances(pair)) {
			ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
			long start = System.nanoTime();
			List<Future<?>> work = new ArrayList<>();
			for (int client = 0; client < CLIENTS; client++) {
				work.add(clients.submit(() -> pairs(instances)));
			}
			clients.shutdown();
			for (Future<?> each : work) {
				each.get(30, TimeUnit.MINUTES);
			}
			System.out.printf(
					"%d pairs in %.1f s, %d stale, %.1f %% on the replica; hit %.0f, waited %.0f, primary %.0f%n",
					PAIRS, (System.nanoTime() - start) / 1e9, this.stale.size(), 100.0 * this.onReplica.get() / PAIRS,
					TwoInstances.count(instances.two, "db.router.causal", "hit"),
					TwoInstances.count(instances.two, "db.router.causal", "waited"),
					TwoInstances.count(instances.two, "db.router.causal", "primary"));
			assertThat(this.stale).isEmpty();
			assertThat(this.onReplica.get()).isGreaterThanOrEqualTo(PAIRS * 9 / 10);
		}
	}

	private void pairs(TwoInstances instances) {
		ConsistencyTokens there = instances.one.getBean(ConsistencyTokens.class);
		ConsistencyTokens here = instances.two.getBean(ConsistencyTokens.class);
		NoteWriter writer = instances.one.getBean(NoteWriter.class);
		ConsistentNotes notes = instances.two.getBean(ConsistentNotes.class);
		long id = this.ids.incrementAndGet();
		for (; id <= 1000 + PAIRS; id = this.ids.incrementAndGet()) {
			Scope writing = there.resume(null);
			writer.write(id, "pair");
			String token = there.current().orElseThrow();
			writing.close();
			NoteApplication.uses();
			Scope reading = here.resume(token);
			try {
				if (!notes.standard(id)) {
					this.stale.add(id);
				}
			}
			catch (RuntimeException ex) {
				this.stale.add(ex);
			}
			reading.close();
			if (NoteApplication.uses().contains("mysql-2 REPLICA")) {
				this.onReplica.incrementAndGet();
			}
		}
	}

}
