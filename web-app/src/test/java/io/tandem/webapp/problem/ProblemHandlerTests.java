package io.tandem.webapp.problem;

import java.sql.SQLException;
import java.util.List;

import io.tandem.dbrouter.PrimaryUnavailableException;
import io.tandem.webapp.link.LinkCommands;
import io.tandem.webapp.link.LinkPage;
import io.tandem.webapp.link.LinkQueries;
import io.tandem.webapp.servedby.NodeProperties;
import io.tandem.webapp.visit.VisitCounter;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.orm.jpa.JpaSystemException;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.CannotCreateTransactionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.BDDMockito.given;

/**
 * Failures that a real database shows too rarely.
 */
@WebMvcTest(includeFilters = @ComponentScan.Filter(type = FilterType.REGEX,
		pattern = "io\\.tandem\\.webapp\\.(problem|page|servedby)\\..*"))
@EnableConfigurationProperties(NodeProperties.class)
class ProblemHandlerTests {

	@Autowired
	private MockMvcTester mvc;

	@MockitoBean
	private LinkQueries queries;

	@MockitoBean
	private LinkCommands commands;

	@MockitoBean
	private VisitCounter visits;

	@Test
	void commitWithoutAnAnswerIsHonestlyUnknown() {
		given(this.commands.create(any())).willThrow(failure(new SQLException("during commit()", "08007")));
		MvcTestResult answer = create();
		assertThat(answer).hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.hasHeader(HttpHeaders.RETRY_AFTER, "1")
			.bodyText()
			.contains("outcome-unknown", "may or may not have been made", "Idempotency-Key");
	}

	@Test
	void formSaysThatTheOutcomeIsUnknownAndKeepsItsKey() {
		given(this.commands.create(any())).willThrow(failure(new SQLException("during commit()", "08007")));
		given(this.queries.list(any(), anyInt())).willReturn(new LinkPage(List.of(), null));
		assertThat(this.mvc.post()
			.uri("/")
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.param("url", "https://example.com/")
			.param("key", "11766300-da13-4196-b832-f12ee61f7dd1")).hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
			.bodyText()
			.contains("may or may not have been made", "11766300-da13-4196-b832-f12ee61f7dd1", "No links here yet");
	}

	@Test
	void missingPrimaryIs503() {
		given(this.commands.create(any()))
			.willThrow(new CannotCreateTransactionException("x", new PrimaryUnavailableException("secret host", null)));
		assertThat(create()).hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
			.hasHeader(HttpHeaders.RETRY_AFTER, "1")
			.bodyText()
			.contains("primary-unavailable", "Reading goes on")
			.doesNotContain("secret host");
	}

	@Test
	void unexpectedFailureShowsAReferenceAndNothingOfTheInside() {
		given(this.queries.findTarget(any())).willThrow(new IllegalStateException("secret inside"));
		assertThat(this.mvc.get().uri("/abc")).hasStatus(HttpStatus.INTERNAL_SERVER_ERROR)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyText()
			.contains("reference")
			.doesNotContain("secret", "Exception", "io.tandem");
	}

	@Test
	void browserPreferringHtmlGetsAPageAndAProgramJson() {
		given(this.queries.findTarget(any())).willThrow(failure(new SQLException("link failure", "08S01")));
		assertThat(this.mvc.get().uri("/abc").header(HttpHeaders.ACCEPT, "text/html,*/*;q=0.8"))
			.hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
			.hasContentTypeCompatibleWith(MediaType.TEXT_HTML)
			.bodyText()
			.contains("Database not reachable");
		assertThat(this.mvc.get().uri("/abc").header(HttpHeaders.ACCEPT, "application/json, text/html;q=0.5"))
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	private MvcTestResult create() {
		return this.mvc.post()
			.uri("/api/links")
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"url\":\"https://example.com/\"}")
			.exchange();
	}

	private static JpaSystemException failure(SQLException cause) {
		return new JpaSystemException(new RuntimeException(cause));
	}

}
