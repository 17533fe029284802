package io.tandem.cluster.tour;

/**
 * A stop of the tour.
 *
 * @param title what it is about
 * @param expectation what is going to happen
 * @param act lets it happen
 */
public record Stop(String title, String expectation, Act act) {

	/** Lets something happen under traffic. */
	@FunctionalInterface
	public interface Act {

		/**
		 * Lets it happen.
		 * @return what was measured, in sentences
		 * @throws Exception if it could not be done
		 */
		String perform() throws Exception;

	}

}
