/**
 * Explains settings that keep the gateway from starting.
 */
@NullMarked
package io.tandem.gateway.setting;

import org.jspecify.annotations.NullMarked;
