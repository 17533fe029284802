/**
 * Sets db-router up in a Spring Boot application from its {@code db-router} properties.
 */
@NullMarked
package io.tandem.dbrouter.autoconfigure;

import org.jspecify.annotations.NullMarked;
