package io.tandem.cluster.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.tandem.cluster.load.Figures;
import io.tandem.cluster.load.Verdict;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoadReportTests {

	private final Figures figures = new Figures(Duration.ofSeconds(2), 200, Duration.ofNanos(3_140_000),
			Duration.ofMillis(120), Duration.ofMillis(250), Duration.ofMillis(1_520), Map.of("a write got 503", 3L),
			new TreeMap<>(Map.of("web-app-1", 150L, "web-app-2", 50L)), new TreeMap<>());

	@Test
	void lineTellsWhatHappenedInASecond() {
		assertThat(LoadReport.line(Duration.ofSeconds(7), this.figures))
			.isEqualTo("   7 s       100.0   3.1 ms   120 ms       3  web-app-1 75 %, web-app-2 25 %; nobody");
	}

	@Test
	void summaryNamesEveryKindOfFailure() {
		assertThat(LoadReport.summary(this.figures)).contains("200 requests in 2.0 s (100.0 a second)",
				"longest 250 ms; 3 failed", "no new link was acknowledged for 1.5 s", "failed     3 x a write got 503");
	}

	@Test
	void verdictSaysWhatIsMissing() {
		assertThat(LoadReport.verdict(new Verdict(12, 0, List.of(), 0)))
			.isEqualTo("All 12 acknowledged links are there.");
		assertThat(LoadReport.verdict(new Verdict(12, 0, List.of("a", "b"), 1)))
			.isEqualTo("Of 12 acknowledged links, 2 are LOST: a, b, 1 could not be looked for: nobody answered.");
		assertThat(LoadReport.verdict(new Verdict(0, 0, List.of(), 0))).startsWith("No link was acknowledged");
	}

	@Test
	void verdictSaysHowManyWereNotLookedFor() {
		String older = " 5 older ones were not looked for and stay, for no more are remembered.";
		assertThat(LoadReport.verdict(new Verdict(12, 5, List.of(), 0)))
			.isEqualTo("All the last 7 of 12 acknowledged links are there." + older);
		assertThat(LoadReport.verdict(new Verdict(12, 5, List.of("a"), 0)))
			.isEqualTo("Of the last 7 of 12 acknowledged links, 1 are LOST: a." + older);
	}

}
