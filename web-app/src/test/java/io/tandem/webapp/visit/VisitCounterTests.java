package io.tandem.webapp.visit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VisitCounterTests {

	@Test
	void visitsAreTakenOutOnceInTheOrderOfTheLinks() {
		VisitCounter counter = new VisitCounter();
		counter.count(7);
		counter.count(3);
		counter.count(7);
		assertThat(counter.drain(10)).containsExactly(new Visits(3, 1), new Visits(7, 2));
		assertThat(counter.drain(10)).isEmpty();
	}

	@Test
	void drainTakesNoMoreLinksThanAsked() {
		VisitCounter counter = new VisitCounter();
		IntStream.range(0, 5).forEach(counter::count);
		assertThat(counter.drain(3)).hasSize(3);
		assertThat(counter.drain(3)).hasSize(2);
	}

	@Test
	void furtherLinksAreDroppedAndCountedWhenTooManyWait() {
		VisitCounter counter = new VisitCounter(2);
		counter.count(1);
		counter.count(2);
		counter.count(3);
		counter.count(1);
		assertThat(counter.drain(10)).containsExactly(new Visits(1, 2), new Visits(2, 1));
		assertThat(counter.dropped()).isEqualTo(1);
	}

	@Test
	void noVisitFallsBetweenCountingAndDraining() throws Exception {
		VisitCounter counter = new VisitCounter();
		int threads = 4;
		int visits = 50_000;
		long drained = 0;
		try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
			List<Future<?>> running = new ArrayList<>();
			for (int thread = 0; thread < threads; thread++) {
				running.add(executor.submit(() -> IntStream.range(0, visits).forEach((i) -> counter.count(i % 3))));
			}
			while (!running.stream().allMatch(Future::isDone)) {
				drained += total(counter.drain(2));
			}
			for (Future<?> done : running) {
				done.get();
			}
		}
		drained += total(counter.drain(10));
		assertThat(drained).isEqualTo((long) threads * visits);
	}

	private static long total(List<Visits> visits) {
		return visits.stream().mapToLong(Visits::number).sum();
	}

}
