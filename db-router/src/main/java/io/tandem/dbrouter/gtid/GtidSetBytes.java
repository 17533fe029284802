package io.tandem.dbrouter.gtid;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * GTID sets in few bytes: one transaction takes about 23. Numbers are LEB128, intervals
 * are written as the distances from one border to the next.
 */
final class GtidSetBytes {

	private GtidSetBytes() {
	}

	static byte[] write(SortedMap<GtidSource, long[]> set) {
		ByteArrayOutputStream out = new ByteArrayOutputStream(32);
		number(out, set.size());
		set.forEach((source, intervals) -> {
			out.writeBytes(ByteBuffer.allocate(16).putLong(source.high()).putLong(source.low()).array());
			number(out, source.tag().length());
			out.writeBytes(source.tag().getBytes(StandardCharsets.US_ASCII));
			number(out, intervals.length / 2);
			long before = 0;
			for (long border : intervals) {
				number(out, border - before);
				before = border;
			}
		});
		return out.toByteArray();
	}

	static SortedMap<GtidSource, long[]> read(ByteBuffer in) {
		try {
			SortedMap<GtidSource, long[]> set = new TreeMap<>();
			for (long left = number(in); left > 0; left--) {
				long high = in.getLong();
				long low = in.getLong();
				byte[] tag = new byte[count(in, 1)];
				in.get(tag);
				set.put(new GtidSource(high, low, new String(tag, StandardCharsets.US_ASCII)), intervals(in));
			}
			return set;
		}
		catch (BufferUnderflowException ex) {
			throw new IllegalArgumentException("The bytes of a GTID set end too early", ex);
		}
	}

	private static long[] intervals(ByteBuffer in) {
		long[] intervals = new long[2 * count(in, 2)];
		long before = 0;
		for (int i = 0; i < intervals.length; i++) {
			before += number(in);
			intervals[i] = before;
		}
		return intervals;
	}

	/** How many things of a size follow, checked before room is made for them. */
	private static int count(ByteBuffer in, int size) {
		long count = number(in);
		if (count < 0 || count > in.remaining() / size) {
			throw new BufferUnderflowException();
		}
		return (int) count;
	}

	private static void number(ByteArrayOutputStream out, long value) {
		long rest = value;
		while (rest > 127) {
			out.write((int) (rest & 127) | 128);
			rest >>>= 7;
		}
		out.write((int) rest);
	}

	private static long number(ByteBuffer in) {
		long value = 0;
		byte next;
		int shift = 0;
		do {
			next = in.get();
			value |= (long) (next & 127) << shift;
			shift += 7;
		}
		while (next < 0 && shift < 63);
		return value;
	}

}
