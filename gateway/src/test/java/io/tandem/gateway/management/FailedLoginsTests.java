package io.tandem.gateway.management;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.bucket4j.Bucket;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FailedLoginsTests {

	private final List<String> log = new ArrayList<>();

	private final Bucket entries = FailedLogins.entries();

	private final FailedLogins logins = new FailedLogins(
			(actor, what) -> log.add(actor.name() + " from " + actor.address() + ": " + what), entries);

	@Test
	void floodMakesFewEntriesAndTheNextOneCountsTheRest() {
		for (int i = 0; i < 1_000; i++) {
			logins.note("192.0.2.1:4711");
		}
		String entry = "somebody from 192.0.2.1:4711: failed to log in";
		assertThat(log).isEqualTo(Collections.nCopies(FailedLogins.AT_ONCE, entry));
		entries.addTokens(2);
		logins.note("192.0.2.1:4711");
		logins.note("192.0.2.1:4711");
		assertThat(log).endsWith(entry + ", and 995 times since the last entry", entry);
	}

}
