package io.tandem.gateway.dashboard;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

class BroadcastTests {

	private final Broadcast broadcast = new Broadcast();

	@Test
	void slowViewerGetsTheLatestOnlyThoughItAskedForManyAhead() {
		List<Mono<byte[]>> asked = new ArrayList<>();
		broadcast.events().subscribe(asked::add);
		for (int i = 1; i <= 3; i++) {
			broadcast.send("snapshot", String.valueOf(i).getBytes(StandardCharsets.UTF_8));
		}
		assertThat(asked).hasSize(3);
		assertThat(read(asked)).containsExactly("event: snapshot\ndata: 3\n\n");
	}

	@Test
	void quickViewerGetsEverythingAndEachViewerItsOwn() {
		List<String> quick = new ArrayList<>();
		List<Mono<byte[]>> slow = new ArrayList<>();
		broadcast.events().concatMap((event) -> event).map(BroadcastTests::text).subscribe(quick::add);
		broadcast.events().subscribe(slow::add);
		broadcast.send("snapshot", new byte[] { '1' });
		broadcast.send("snapshot", new byte[] { '2' });
		assertThat(quick).containsExactly("event: snapshot\ndata: 1\n\n", "event: snapshot\ndata: 2\n\n");
		assertThat(read(slow)).containsExactly("event: snapshot\ndata: 2\n\n");
	}

	private static List<String> read(List<Mono<byte[]>> events) {
		return events.stream().flatMap((event) -> event.blockOptional().stream()).map(BroadcastTests::text).toList();
	}

	private static String text(byte[] event) {
		return new String(event, StandardCharsets.UTF_8);
	}

}
