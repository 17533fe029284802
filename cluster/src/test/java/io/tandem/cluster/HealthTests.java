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
	void databaseIsUsedAsPrimaryOrReplica() {
		String health = """
				{"components":{"disk":{"details":{"free":1}},"databases":{"details":{"primary":"mysql-1","nodes":{
				"mysql-1":{"state":"PRIMARY"},"mysql-2":{"state":"REPLICA"},"mysql-3":{"state":"DETACHED"}}}}}}""";
		assertThat(Health.isUsing(health, "mysql-1")).isTrue();
		assertThat(Health.isUsing(health, "mysql-2")).isTrue();
		assertThat(Health.isUsing(health, "mysql-3")).isFalse();
		assertThat(Health.isUsing(health, "mysql-4")).isFalse();
	}

	@Test
	void answerThatIsNoJsonIsSaidToBe() {
		assertThat(Health.problems("<html>")).isEqualTo("its health cannot be read");
	}

}
