package io.tandem.cluster.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import io.tandem.cluster.load.LinkCalls.Link;

/**
 * The links of one client that were acknowledged, each as the few bytes that tell it from
 * the others: a day's traffic has to fit into the memory of a command. Of more than it
 * may keep, it forgets the oldest.
 */
final class AcknowledgedLinks {

	private final String urls;

	private final int most;

	private final List<byte[]> kept = new ArrayList<>();

	private long count;

	/**
	 * Begins without any.
	 * @param urls what the URLs of all of them begin with
	 * @param most how many are kept
	 */
	AcknowledgedLinks(String urls, int most) {
		this.urls = urls;
		this.most = most;
	}

	void add(Link link) {
		byte[] bytes = (link.code() + ' ' + link.ownerKey() + ' ' + link.url().substring(this.urls.length()))
			.getBytes(StandardCharsets.UTF_8);
		if (this.kept.size() < this.most) {
			this.kept.add(bytes);
		}
		else {
			this.kept.set((int) (this.count % this.most), bytes);
		}
		this.count++;
	}

	/** How many there were. */
	long count() {
		return this.count;
	}

	/** How many of them are kept. */
	int size() {
		return this.kept.size();
	}

	Link get(int index) {
		String[] parts = new String(this.kept.get(index), StandardCharsets.UTF_8).split(" ", 3);
		return new Link(parts[0], this.urls + parts[2], parts[1]);
	}

	Link any() {
		return get(ThreadLocalRandom.current().nextInt(size()));
	}

}
