/**
 * What operators change while the gateway runs: kept in a file, shared with the other
 * gateways, and on record.
 */
@NullMarked
package io.tandem.gateway.control;

import org.jspecify.annotations.NullMarked;
