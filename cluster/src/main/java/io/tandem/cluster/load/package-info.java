/**
 * Sends mixed traffic to the link shortener and checks that nothing acknowledged is lost.
 */
@NullMarked
package io.tandem.cluster.load;

import org.jspecify.annotations.NullMarked;
