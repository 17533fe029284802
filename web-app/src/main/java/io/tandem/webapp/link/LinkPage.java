package io.tandem.webapp.link;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Some links, newest first.
 *
 * @param links the links
 * @param next where the next page begins, {@code null} on the last one
 */
public record LinkPage(List<LinkView> links, @Nullable LinkCursor next) {
}
