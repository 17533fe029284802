package io.tandem.cluster.load;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What one request came to.
 *
 * @param error why it failed, empty if it did not
 * @param instance the instance that answered, empty if it is not known
 * @param databases the database nodes it used, such as {@code mysql-2 replica}
 * @param created whether it acknowledged a new link
 */
record Answer(String error, String instance, List<String> databases, boolean created) {

	private static final Pattern DATABASE = Pattern.compile("db;desc=\"([^\"]*)\"");

	static Answer failed(String error) {
		return new Answer(error, "", List.of(), false);
	}

	/**
	 * Reads who answered from the headers of the contract.
	 */
	static Answer of(String error, HttpHeaders headers) {
		return new Answer(error, headers.firstValue("X-Served-By").orElse(""),
				headers.allValues("Server-Timing")
					.stream()
					.flatMap((value) -> DATABASE.matcher(value).results())
					.map((match) -> match.group(1))
					.toList(),
				false);
	}

	Answer asCreated() {
		return new Answer(this.error, this.instance, this.databases, true);
	}

	boolean isFromReplica() {
		return this.databases.stream().anyMatch((database) -> database.endsWith(" replica"));
	}

	boolean failed() {
		return !this.error.isEmpty();
	}

}
