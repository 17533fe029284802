package io.tandem.dbrouter.topology;

import io.tandem.dbrouter.gtid.GtidSet;

/**
 * What a node has executed and how it tells.
 *
 * @param executed {@code gtid_executed}
 * @param numbered whether {@code gtid_mode} is {@code ON}: without, nothing is known of
 * what it has executed
 * @param tracked whether the server tells each session the GTIDs of its commits
 */
record Transactions(GtidSet executed, boolean numbered, boolean tracked) {
}
