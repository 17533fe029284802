package io.tandem.gateway.dashboard;

/**
 * Makes rates of counters.
 */
final class Rates {

	private Rates() {
	}

	/** How much a second; 0 when the counter began anew, because its process did. */
	static double perSecond(double before, double after, double seconds) {
		return (seconds <= 0 || after < before) ? 0 : round((after - before) / seconds);
	}

	static double round(double value) {
		return Math.round(value * 10) / 10.0;
	}

}
