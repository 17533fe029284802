/**
 * Shows the nodes and carries out switchovers over Spring Boot's actuator.
 */
@NullMarked
package io.tandem.dbrouter.endpoint;

import org.jspecify.annotations.NullMarked;
