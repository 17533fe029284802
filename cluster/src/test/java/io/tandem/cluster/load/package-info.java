/**
 * Tests of the package of the same name.
 */
@NullMarked
package io.tandem.cluster.load;

import org.jspecify.annotations.NullMarked;
