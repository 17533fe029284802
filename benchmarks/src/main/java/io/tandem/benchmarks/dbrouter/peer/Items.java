package io.tandem.benchmarks.dbrouter.peer;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.jspecify.annotations.NullUnmarked;

import org.springframework.transaction.annotation.Transactional;

/**
 * The service that is measured.
 */
@NullUnmarked
class Items {

	@PersistenceContext
	private EntityManager entities;

	@Transactional(readOnly = true)
	long read(long id) {
		return this.entities.find(Item.class, id).uses();
	}

	@Transactional(readOnly = true)
	long readThree(long id) {
		return read(id) + read(id % Table.ROWS + 1) + read((id + 1) % Table.ROWS + 1);
	}

	@Transactional(readOnly = true)
	void nothing() {
	}

	@Transactional
	void write(long id) {
		int updated = this.entities.createQuery("update Item i set i.uses = i.uses + 1 where i.id = :id")
			.setParameter("id", id)
			.executeUpdate();
		if (updated != 1) {
			throw new IllegalStateException("There is no item " + id);
		}
	}

}
