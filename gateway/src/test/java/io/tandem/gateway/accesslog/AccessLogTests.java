package io.tandem.gateway.accesslog;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class AccessLogTests {

	private final JsonMapper json = JsonMapper.builder().build();

	private final List<String> written = new CopyOnWriteArrayList<>();

	private final CountDownLatch disk = new CountDownLatch(1);

	@Test
	void entriesThatDoNotFitAreDroppedAndCountedAndNobodyWaits() {
		AccessLog log = log(10, new Lines(disk));
		log.start();
		log.offer(entry("/first"));
		await().until(() -> log.queued() == 0);
		long begin = System.nanoTime();
		for (int i = 0; i < 1000; i++) {
			log.offer(entry("/" + i));
		}
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
		assertThat(log.dropped()).isEqualTo(990);
		disk.countDown();
		log.stop();
		assertThat(written).hasSize(11);
	}

	@Test
	void diskThatRefusesIsTriedAgainAndWhatItRefusedIsCounted() {
		disk.countDown();
		Lines lines = new Lines(disk);
		AccessLog log = log(10, lines);
		log.start();
		lines.full = true;
		log.offer(entry("/lost"));
		await().until(() -> log.dropped() == 1);
		lines.full = false;
		log.offer(entry("/kept"));
		log.stop();
		assertThat(written).singleElement().asString().contains("\"target\":\"/kept\"");
	}

	@Test
	void lineIsJsonWhateverTheClientSends() {
		disk.countDown();
		AccessLog log = log(10, new Lines(disk));
		log.start();
		log.offer(new AccessEntry(Instant.EPOCH, InetAddress.ofLiteral("192.0.2.7"), "GET",
				"/a%0A?q=" + "x".repeat(5_000), "tandem.test", "a \"quoted\"\nagent", 502, "broken", 12, 1_234_567,
				false, null, null));
		log.stop();
		assertThat(written).singleElement()
			.satisfies((line) -> assertThat(line).hasLineCount(1)
				.hasSizeLessThan(1_400)
				.contains("\"time\":\"1970-01-01T00:00:00Z\",\"node\":\"gateway-1\",\"client\":\"192.0.2.7\"",
						"\"target\":\"/a%0A?q=xx", "\"status\":502,\"bytes\":12,\"millis\":1.23",
						"\"reason\":\"broken\"", "\"aborted\":true", "\"userAgent\":\"a \\\"quoted\\\"\\nagent\""));
	}

	@Test
	void fullFilesAreRenamedAndTheOldestForgotten(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("logs/access.log");
		try (RollingFile rolling = new RollingFile(file, 100, 2)) {
			for (int i = 0; i < 10; i++) {
				rolling.write(List.of(("%d" + "x".repeat(49)).formatted(i).getBytes(StandardCharsets.UTF_8)));
			}
		}
		try (RollingFile reopened = new RollingFile(file, 100, 2)) {
			reopened.write(List.of("last".getBytes(StandardCharsets.UTF_8)));
		}
		assertThat(file).content().isEqualTo("last\n");
		assertThat(directory.resolve("logs/access.log.1")).content().startsWith("8x").contains("\n9x");
		assertThat(directory.resolve("logs/access.log.2")).content().startsWith("6x");
		try (var files = Files.list(directory.resolve("logs"))) {
			assertThat(files).hasSize(3);
		}
	}

	private AccessLog log(int capacity, LineOutput output) {
		return new AccessLog(capacity, output, "gateway-1", json);
	}

	private static AccessEntry entry(String path) {
		return new AccessEntry(Instant.EPOCH, null, "GET", path, null, null, 200, null, 0, 0, true, null, null);
	}

	/** Lines that wait for a slow disk, and are refused by a full one. */
	private final class Lines implements LineOutput {

		private final CountDownLatch disk;

		private volatile boolean full;

		Lines(CountDownLatch disk) {
			this.disk = disk;
		}

		@Override
		public void write(List<byte[]> lines) throws IOException {
			try {
				disk.await();
			}
			catch (InterruptedException ex) {
				throw new IOException(ex);
			}
			if (full) {
				throw new IOException("No space left on device");
			}
			List<String> texts = new ArrayList<>();
			lines.forEach((line) -> texts.add(new String(line, StandardCharsets.UTF_8)));
			written.addAll(texts);
		}

		@Override
		public void close() {
			// Nothing is open.
		}

	}

}
