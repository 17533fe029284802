package io.tandem.webapp.visit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The counter and its metrics.
 */
@Configuration(proxyBeanMethods = false)
class VisitConfiguration {

	@Bean
	VisitCounter visitCounter() {
		return new VisitCounter();
	}

	@Bean
	MeterBinder visitMetrics(VisitCounter counter, VisitFlusher flusher) {
		return (registry) -> {
			Gauge.builder("tandem.visits.waiting.links", counter, VisitCounter::waitingLinks)
				.description("Links with visits that are not written yet")
				.register(registry);
			Gauge.builder("tandem.visits.unanswered", flusher, VisitFlusher::unanswered)
				.description("Visits that the database did not confirm and that are tried again")
				.register(registry);
			FunctionCounter.builder("tandem.visits.dropped", counter, VisitCounter::dropped)
				.description("Visits that were not counted because too many links waited")
				.register(registry);
		};
	}

}
