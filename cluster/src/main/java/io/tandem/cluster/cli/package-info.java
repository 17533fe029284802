/**
 * The command line {@code ./tandem}.
 */
@NullMarked
package io.tandem.cluster.cli;

import org.jspecify.annotations.NullMarked;
