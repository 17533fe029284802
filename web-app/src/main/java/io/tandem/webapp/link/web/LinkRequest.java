package io.tandem.webapp.link.web;

import org.jspecify.annotations.Nullable;

/**
 * What a client sends to make a link.
 *
 * @param url where the link leads
 * @param code the wished code
 */
record LinkRequest(@Nullable String url, @Nullable String code) {
}
