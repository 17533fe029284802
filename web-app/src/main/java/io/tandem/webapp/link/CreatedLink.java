package io.tandem.webapp.link;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a wish for a link.
 *
 * @param link the link
 * @param ownerKey the secret that allows to delete it; {@code null} if the wish was
 * repeated with an idempotency key that may be known to others
 * @param replayed whether the link was there already, made by the same wish
 */
public record CreatedLink(LinkView link, @Nullable OwnerKey ownerKey, boolean replayed) {
}
