/**
 * The page: shorten a link, see the newest ones and who served.
 */
@NullMarked
package io.tandem.webapp.page;

import org.jspecify.annotations.NullMarked;
