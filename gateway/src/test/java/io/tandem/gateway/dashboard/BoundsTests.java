package io.tandem.gateway.dashboard;

import java.time.Clock;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a dashboard that runs for months may keep.
 */
class BoundsTests {

	@Test
	void eventsAreNumberedAndTheOldestGo() {
		EventLog events = new EventLog(Clock.systemUTC());
		for (int i = 0; i < 10_000; i++) {
			events.add(Event.Kind.NOTE, "event");
		}
		assertThat(events.all()).hasSize(EventLog.MOST);
		assertThat(events.all().getLast().number()).isEqualTo(10_000);
	}

	@Test
	void pointsOfTheLastFiveMinutesAreKept() {
		Series series = new Series();
		for (int i = 0; i < 10_000; i++) {
			series.add(new Series.Point(i, 0, 0, null, null, null));
		}
		assertThat(series.all()).hasSize(300);
		assertThat(series.all().getFirst().time()).isEqualTo(9_700);
	}

	@Test
	void nothingIsMadeWhileNobodyWatches() {
		Broadcast broadcast = new Broadcast();
		assertThat(broadcast.isWatched()).isFalse();
		Disposable viewer = broadcast.events().subscribe();
		assertThat(broadcast.isWatched()).isTrue();
		viewer.dispose();
		assertThat(broadcast.isWatched()).isFalse();
	}

}
