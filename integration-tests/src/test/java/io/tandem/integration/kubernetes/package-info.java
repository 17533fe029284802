/**
 * The manifests in {@code k8s}: built by kubectl, parsed strictly, and held against the
 * applications and {@code docker-compose.yml}.
 */
@NullMarked
package io.tandem.integration.kubernetes;

import org.jspecify.annotations.NullMarked;
