package io.tandem.gateway.metrics;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * How often, and how long in all, each garbage collector has stopped the gateway, read
 * when somebody asks. Micrometer's own meter of this name has the JVM describe every
 * collection to it, which keeps requests waiting for half as long again.
 */
final class CollectionMetrics implements MeterBinder {

	@Override
	public void bindTo(MeterRegistry registry) {
		for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
			FunctionTimer
				.builder("jvm.gc.pause", collector, GarbageCollectorMXBean::getCollectionCount,
						GarbageCollectorMXBean::getCollectionTime, TimeUnit.MILLISECONDS)
				.tag("gc", collector.getName())
				.description("Time in which the collector had everything else wait")
				.register(registry);
		}
	}

}
