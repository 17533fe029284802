/**
 * The live picture of the cluster on the management port: figures once a second, their
 * history, events, and the page that shows them.
 */
@NullMarked
package io.tandem.gateway.dashboard;

import org.jspecify.annotations.NullMarked;
