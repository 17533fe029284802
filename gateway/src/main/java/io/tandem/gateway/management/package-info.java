/**
 * The management API: the endpoints that change something, and who may use them and the
 * dashboard.
 */
@NullMarked
package io.tandem.gateway.management;

import org.jspecify.annotations.NullMarked;
