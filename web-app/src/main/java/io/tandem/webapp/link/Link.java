package io.tandem.webapp.link;

import java.time.Instant;
import java.util.Arrays;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/**
 * A link. It never changes; its visits are counted elsewhere.
 */
@Entity
class Link {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private @Nullable Long id;

	@Column(updatable = false)
	private String code;

	@Column(updatable = false)
	private String url;

	@Column(updatable = false)
	private byte[] ownerKeyHash;

	@Column(updatable = false)
	private byte @Nullable [] idempotencyKeyHash;

	@Column(updatable = false)
	private byte @Nullable [] requestHash;

	@Column(updatable = false)
	private Instant createdAt;

	Link(NewLink wish, ShortCode code, OwnerKey ownerKey, Instant createdAt) {
		this.code = code.value();
		this.url = wish.url().toString();
		this.ownerKeyHash = ownerKey.hash();
		if (wish.idempotencyKey() != null) {
			this.idempotencyKeyHash = wish.idempotencyKey().hash();
			this.requestHash = wish.hash();
		}
		this.createdAt = createdAt;
	}

	@SuppressWarnings("NullAway.Init")
	protected Link() {
		// For JPA.
	}

	String code() {
		return this.code;
	}

	boolean isOwnedBy(OwnerKey ownerKey) {
		return ownerKey.matches(this.ownerKeyHash);
	}

	boolean answers(NewLink wish) {
		return Arrays.equals(this.requestHash, wish.hash());
	}

	LinkView view(long visits) {
		if (this.id == null) {
			throw new IllegalStateException("Link " + this.code + " is not stored yet");
		}
		return new LinkView(this.id, this.code, this.url, visits, this.createdAt);
	}

}
