/**
 * Lets reads on replicas see what their client has written.
 */
@NullMarked
package io.tandem.dbrouter.consistency;

import org.jspecify.annotations.NullMarked;
