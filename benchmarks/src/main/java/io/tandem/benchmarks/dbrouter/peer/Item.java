package io.tandem.benchmarks.dbrouter.peer;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.NullUnmarked;

@Entity
@NullUnmarked
class Item {

	@Id
	private Long id;

	private String name;

	private long uses;

	protected Item() {
	}

	long uses() {
		return this.uses;
	}

	@Override
	public String toString() {
		return this.id + " " + this.name;
	}

}
