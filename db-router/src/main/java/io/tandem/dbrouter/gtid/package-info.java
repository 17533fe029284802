/**
 * Names sets of MySQL transactions and learns which ones this application committed.
 */
@NullMarked
package io.tandem.dbrouter.gtid;

import org.jspecify.annotations.NullMarked;
