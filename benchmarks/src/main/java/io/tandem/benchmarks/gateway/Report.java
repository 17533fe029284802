package io.tandem.benchmarks.gateway;

import java.util.Map;
import java.util.function.ToDoubleFunction;

import io.tandem.benchmarks.report.Markdown;
import io.tandem.benchmarks.report.Samples;
import io.tandem.benchmarks.report.Summary;

/**
 * The tables of docs/performance.md. Ratios are between windows of the same round.
 */
final class Report {

	private Report() {
	}

	static String load(Samples<Proxy, Window> samples, Map<Proxy, Double> megabytes) {
		Markdown table = new Markdown("proxy", "CPU µs/request", "to HAProxy", "requests/s", "to vanilla", "p50 ms",
				"p99 ms", "to HAProxy", "resident MB", "errors");
		for (Proxy proxy : samples.subjects()) {
			table.row(proxy.title(), median(samples, proxy, Window::cpuMicros, 1),
					ratio(samples, proxy, Proxy.HAPROXY, Window::cpuMicros),
					median(samples, proxy, Window::perSecond, 0),
					ratio(samples, proxy, Proxy.VANILLA, Window::perSecond),
					median(samples, proxy, Window::p50Millis, 2), median(samples, proxy, Window::p99Millis, 2),
					ratio(samples, proxy, Proxy.HAPROXY, Window::p99Millis),
					Markdown.number(megabytes.getOrDefault(proxy, Double.NaN), 0),
					samples.of(proxy).stream().mapToLong(Window::errors).sum());
		}
		return table.toString();
	}

	/** What open dashboards cost. */
	static String watched(Samples<Proxy, Window> samples) {
		Markdown table = new Markdown("to the gateway that nobody watches", "CPU/request", "requests/s", "p99");
		table.row(Proxy.WATCHED.title(), ratio(samples, Proxy.WATCHED, Proxy.TANDEM, Window::cpuMicros),
				ratio(samples, Proxy.WATCHED, Proxy.TANDEM, Window::perSecond),
				ratio(samples, Proxy.WATCHED, Proxy.TANDEM, Window::p99Millis));
		return table.toString();
	}

	static String start(Samples<Proxy, Double> seconds) {
		Markdown table = new Markdown("proxy", "seconds to the first proxied answer");
		for (Proxy proxy : seconds.subjects()) {
			table.row(proxy.title(), Markdown.range(seconds.of(proxy, Double::doubleValue), 2));
		}
		return table.toString();
	}

	private static String median(Samples<Proxy, Window> samples, Proxy proxy, ToDoubleFunction<Window> figure,
			int decimals) {
		return Markdown.number(samples.of(proxy, figure).median(), decimals);
	}

	private static String ratio(Samples<Proxy, Window> samples, Proxy proxy, Proxy base,
			ToDoubleFunction<Window> figure) {
		Summary ratio = samples.ratio(proxy, base, figure);
		return Markdown.range(ratio, 2);
	}

}
