/**
 * Routes JDBC work to the primary or a replica of a MySQL topology.
 */
@NullMarked
package io.tandem.dbrouter;

import org.jspecify.annotations.NullMarked;
