/**
 * Knows the database nodes: their pools, what each probe saw, and which node is the
 * primary.
 */
@NullMarked
package io.tandem.dbrouter.topology;

import org.jspecify.annotations.NullMarked;
