/**
 * The management API: the endpoint {@code balancer} and who may use it.
 */
@NullMarked
package io.tandem.gateway.management;

import org.jspecify.annotations.NullMarked;
