/**
 * Proves on the whole running cluster what its parts promise.
 */
@NullMarked
package io.tandem.integration;

import org.jspecify.annotations.NullMarked;
