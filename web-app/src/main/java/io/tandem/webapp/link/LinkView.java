package io.tandem.webapp.link;

import java.time.Instant;

/**
 * What everybody may know about a link.
 *
 * @param id its place in the order of creation
 * @param code its code
 * @param url where it leads
 * @param visits how often it was followed, up to about a second ago
 * @param createdAt when it was made
 */
public record LinkView(long id, String code, String url, long visits, Instant createdAt) {
}
