package io.tandem.webapp.link;

/**
 * What a redirect needs.
 *
 * @param id the link that is followed
 * @param url where it leads
 */
public record LinkTarget(long id, String url) {
}
