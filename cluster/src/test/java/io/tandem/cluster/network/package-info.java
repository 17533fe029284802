/**
 * Tests of the package of the same name.
 */
@NullMarked
package io.tandem.cluster.network;

import org.jspecify.annotations.NullMarked;
