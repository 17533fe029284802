/**
 * Operating system processes that outlive the JVM that started them.
 */
@NullMarked
package io.tandem.cluster.process;

import org.jspecify.annotations.NullMarked;
