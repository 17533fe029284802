/**
 * Breaks and measures the network between an application and a node.
 */
@NullMarked
package io.tandem.cluster.network;

import org.jspecify.annotations.NullMarked;
