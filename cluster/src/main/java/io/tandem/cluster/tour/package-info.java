/**
 * A guided tour through a running cluster.
 */
@NullMarked
package io.tandem.cluster.tour;

import org.jspecify.annotations.NullMarked;
