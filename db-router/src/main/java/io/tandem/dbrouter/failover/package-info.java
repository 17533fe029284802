/**
 * Follows a change of the primary: lets writes wait for the new one, tells what was lost,
 * and carries out a planned change.
 */
@NullMarked
package io.tandem.dbrouter.failover;

import org.jspecify.annotations.NullMarked;
