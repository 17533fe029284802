package io.tandem.cluster.mysql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads from a server's data directory which transactions it has committed, also when the
 * server is dead: those in its binary log, which is where its recovery would find them.
 * Tagged transactions, which nothing here makes, are not seen.
 */
final class BinaryLog {

	private static final int MAGIC = 0xfe62696e;

	private static final int HEADER = 19;

	private static final int GTID_EVENT = 33;

	private static final int ROTATE_EVENT = 4;

	private final Path data;

	BinaryLog(Path data) {
		this.data = data;
	}

	/**
	 * Lists the transactions.
	 * @return a GTID set; empty if nothing was ever written
	 * @throws IOException if there is no binary log that can be read
	 */
	String transactions() throws IOException {
		Map<UUID, NavigableMap<Long, Long>> found = new TreeMap<>();
		for (Path file : files()) {
			read(file, found);
		}
		return found.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + entry.getValue()
				.entrySet()
				.stream()
				.map((interval) -> ":" + interval.getKey() + "-" + interval.getValue())
				.collect(Collectors.joining()))
			.collect(Collectors.joining(","));
	}

	private List<Path> files() throws IOException {
		try (Stream<String> names = Files.lines(this.data.resolve("binlog.index"))) {
			return names.map(String::strip)
				.filter((name) -> !name.isEmpty())
				.map((name) -> this.data.resolve(name).normalize())
				.toList();
		}
	}

	private static void read(Path file, Map<UUID, NavigableMap<Long, Long>> found) throws IOException {
		try (FileChannel channel = FileChannel.open(file)) {
			ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
			if (bytes.remaining() < 4 || bytes.getInt() != MAGIC) {
				throw new IOException(file + " is no binary log");
			}
			bytes.order(ByteOrder.LITTLE_ENDIAN);
			// A last event that is incomplete was never acknowledged.
			while (bytes.remaining() >= HEADER) {
				int start = bytes.position();
				int type = bytes.get(start + 4);
				int length = bytes.getInt(start + 9);
				if (length < HEADER || length > bytes.remaining()) {
					return;
				}
				boolean followed = length < bytes.remaining() || type == ROTATE_EVENT;
				if (type == GTID_EVENT && followed) {
					// After the header: a byte of flags, the UUID, the number.
					UUID source = new UUID(Long.reverseBytes(bytes.getLong(start + HEADER + 1)),
							Long.reverseBytes(bytes.getLong(start + HEADER + 9)));
					add(found.computeIfAbsent(source, (key) -> new TreeMap<>()), bytes.getLong(start + HEADER + 17));
				}
				bytes.position(start + length);
			}
		}
	}

	private static void add(NavigableMap<Long, Long> intervals, long number) {
		Map.Entry<Long, Long> before = intervals.floorEntry(number);
		long first = number;
		long last = number;
		if (before != null && before.getValue() >= number - 1) {
			first = before.getKey();
			last = Math.max(before.getValue(), number);
		}
		Long after = intervals.get(last + 1);
		if (after != null) {
			intervals.remove(last + 1);
			last = after;
		}
		intervals.put(first, last);
	}

}
