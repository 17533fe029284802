package io.tandem.webapp.problem;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

import io.tandem.dbrouter.PrimaryUnavailableException;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.orm.jpa.JpaSystemException;
import org.springframework.transaction.CannotCreateTransactionException;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseProblemsTests {

	@Test
	void missingPrimaryIsExplainedWhereverItStandsInTheChain() {
		Exception failure = new CannotCreateTransactionException("x",
				new IllegalStateException(new PrimaryUnavailableException("mysql-1 is gone", null)));
		assertThat(DatabaseProblems.explain(failure, true)).hasValueSatisfying((problem) -> {
			assertThat(problem.getStatus()).isEqualTo(503);
			assertThat(problem.getType()).hasToString("urn:tandem:problem:primary-unavailable");
			assertThat(problem.getDetail()).contains("nothing was changed", "Reading goes on")
				.doesNotContain("mysql-1");
		});
	}

	@Test
	void primaryThatBecameReadOnlyIsNoPrimary() {
		assertType(new SQLException("--super-read-only", "HY000", 1290), true, "primary-unavailable");
	}

	@Test
	void connectionLostDuringCommitOfAWriteLeavesTheOutcomeUnknown() {
		SQLException lost = new SQLException("during commit()", "08007");
		assertType(lost, true, "outcome-unknown");
		assertType(lost, false, "database-unavailable");
	}

	@Test
	void connectionLostBeforeCommitChangedNothing() {
		assertThat(DatabaseProblems.explain(new SQLException("link failure", "08S01"), true))
			.hasValueSatisfying((problem) -> assertThat(problem.getDetail()).contains("nothing was changed"));
	}

	@Test
	void exhaustedPoolAndMissingSchemaPassByThemselves() {
		assertType(new SQLTransientConnectionException("timed out"), false, "database-unavailable");
		assertType(new SQLException("no such table", "42S02"), false, "schema-missing");
	}

	@Test
	void anyOtherFailureIsNotExplained() {
		assertThat(DatabaseProblems.explain(new DataIntegrityViolationException("x"), true)).isEmpty();
		assertThat(DatabaseProblems.explain(new IllegalStateException("x"), true)).isEmpty();
	}

	private static void assertType(SQLException cause, boolean write, String type) {
		assertThat(DatabaseProblems.explain(new JpaSystemException(new RuntimeException(cause)), write))
			.hasValueSatisfying((problem) -> assertThat(problem.getType()).hasToString("urn:tandem:problem:" + type));
	}

}
