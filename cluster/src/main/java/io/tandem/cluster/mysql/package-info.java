/**
 * A real MySQL primary and its replica as processes of this machine.
 */
@NullMarked
package io.tandem.cluster.mysql;

import org.jspecify.annotations.NullMarked;
