package io.tandem.webapp.visit;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;

/**
 * Visits that are written together or not at all.
 *
 * @param id by which the database knows whether it has the batch
 * @param visits the visits, in the order of the links' ids
 */
record VisitBatch(UUID id, List<Visits> visits) {

	static VisitBatch of(List<Visits> visits) {
		return new VisitBatch(UUID.randomUUID(), visits);
	}

	byte[] idBytes() {
		return ByteBuffer.allocate(16)
			.putLong(this.id.getMostSignificantBits())
			.putLong(this.id.getLeastSignificantBits())
			.array();
	}

	long total() {
		return this.visits.stream().mapToLong(Visits::number).sum();
	}

}
