package io.tandem.webapp.link;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes and deletes links, on the primary.
 */
@Service
public class LinkCommands {

	/** Five random codes that are all taken mean that something else is wrong. */
	private static final int MAX_ATTEMPTS = 5;

	private final LinkRepository links;

	private final TransactionTemplate transaction;

	private final SecureRandom random = new SecureRandom();

	LinkCommands(LinkRepository links, PlatformTransactionManager transactionManager) {
		this.links = links;
		this.transaction = new TransactionTemplate(transactionManager);
	}

	/**
	 * Makes a link, or finds the one that the same wish made before. The unique indexes
	 * of the table decide, so that it does not matter which instance is asked.
	 * @param wish the checked wish
	 * @return the link
	 * @throws CodeTakenException if another link has the wished code
	 * @throws IdempotencyKeyReusedException if the key came with a different wish before
	 */
	public CreatedLink create(NewLink wish) {
		OwnerKey ownerKey = OwnerKey.forNewLink(wish.idempotencyKey(), this.random);
		for (int attempt = 1;; attempt++) {
			ShortCode code = (wish.code() != null) ? wish.code() : ShortCode.random(this.random);
			try {
				return insert(wish, code, ownerKey);
			}
			catch (DataIntegrityViolationException ex) {
				Optional<CreatedLink> earlier = findEarlier(wish, ownerKey);
				if (earlier.isPresent()) {
					return earlier.get();
				}
				if (wish.code() != null) {
					throw new CodeTakenException(wish.code());
				}
				if (attempt == MAX_ATTEMPTS) {
					throw ex;
				}
			}
			catch (PessimisticLockingFailureException ex) {
				// Several wishes with one key can deadlock when the first is rolled back.
				if (attempt == MAX_ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

	/**
	 * Deletes a link together with its visits.
	 * @param code the link's code
	 * @param ownerKey the link's secret
	 * @throws UnknownLinkException if no link has the code
	 * @throws WrongOwnerKeyException if the secret is not that link's
	 */
	@Transactional
	public void delete(ShortCode code, OwnerKey ownerKey) {
		Link link = this.links.findByCode(code.value()).orElseThrow(() -> new UnknownLinkException(code));
		if (!link.isOwnedBy(ownerKey)) {
			throw new WrongOwnerKeyException(code);
		}
		this.links.delete(link);
	}

	private CreatedLink insert(NewLink wish, ShortCode code, OwnerKey ownerKey) {
		return this.transaction.execute((status) -> {
			Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
			Link link = this.links.save(new Link(wish, code, ownerKey, now));
			return new CreatedLink(link.view(0), ownerKey, false);
		});
	}

	/** Not read-only on purpose: the replica may not have the other request's row yet. */
	private Optional<CreatedLink> findEarlier(NewLink wish, OwnerKey ownerKey) {
		IdempotencyKey key = wish.idempotencyKey();
		if (key == null) {
			return Optional.empty();
		}
		return this.transaction.execute((status) -> this.links.findByIdempotencyKeyHash(key.hash()).map((link) -> {
			if (!link.answers(wish)) {
				throw new IdempotencyKeyReusedException();
			}
			LinkView view = this.links.findView(link.code()).orElseGet(() -> link.view(0));
			return new CreatedLink(view, link.isOwnedBy(ownerKey) ? ownerKey : null, true);
		}));
	}

}
