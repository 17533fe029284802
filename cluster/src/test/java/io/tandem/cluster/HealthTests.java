package io.tandem.cluster;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HealthTests {

	@Test
	void onlyPartsThatAreNotWellAreNamed() {
		assertThat(Health.problems("""
				{"status":"UP","components":{"db":{"status":"READ_ONLY"},"ping":{"status":"UP"}}}"""))
			.isEqualTo("db READ_ONLY");
		assertThat(Health.problems("""
				{"status":"UP"}""")).isEmpty();
	}

	@Test
	void answerThatIsNoJsonIsSaidToBe() {
		assertThat(Health.problems("<html>")).isEqualTo("its health cannot be read");
	}

}
