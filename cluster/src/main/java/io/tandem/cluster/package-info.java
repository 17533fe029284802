/**
 * Starts, stops and breaks a Tandem cluster of local processes.
 */
@NullMarked
package io.tandem.cluster;

import org.jspecify.annotations.NullMarked;
