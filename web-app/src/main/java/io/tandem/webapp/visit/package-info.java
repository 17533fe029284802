/**
 * Counts visits in memory and adds them to the database in batches.
 */
@NullMarked
package io.tandem.webapp.visit;

import org.jspecify.annotations.NullMarked;
