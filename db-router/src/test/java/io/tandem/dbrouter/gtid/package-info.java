/**
 * Tests of GTID sets and of their capture.
 */
@NullMarked
package io.tandem.dbrouter.gtid;

import org.jspecify.annotations.NullMarked;
