/**
 * JDBC objects that pass every call on, for those who change some of the calls.
 */
@NullMarked
package io.tandem.dbrouter.jdbc;

import org.jspecify.annotations.NullMarked;
