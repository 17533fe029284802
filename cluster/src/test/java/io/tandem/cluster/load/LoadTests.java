package io.tandem.cluster.load;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LoadTests {

	private static final Duration PATIENCE = Duration.ofMillis(200);

	private final StubShortener shortener;

	LoadTests() throws IOException {
		this.shortener = new StubShortener();
	}

	@AfterEach
	void closeShortener() {
		this.shortener.close();
	}

	@Test
	void lookThatMakesProgressIsNotGivenUp() throws Exception {
		try (Load load = twentyLinks(100)) {
			this.shortener.letReadsTake(Duration.ofMillis(50));
			assertThat(load.check().unknown()).isZero();
			assertThat(load.check().isGood()).isTrue();
		}
	}

	@Test
	void lookThatNobodyAnswersIsGivenUp() throws Exception {
		try (Load load = twentyLinks(100)) {
			this.shortener.close();
			long begin = System.nanoTime();
			assertThat(load.check().unknown()).isEqualTo(20);
			assertThat(load.delete()).isEqualTo(20);
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
		}
	}

	@Test
	void linksStayForTheVerdictAndAreDeletedAfterIt() throws Exception {
		try (Load load = twentyLinks(100)) {
			this.shortener.lose(7);
			Verdict verdict = load.check();
			assertThat(verdict.lost()).containsExactly("code7");
			assertThat(this.shortener.size()).isEqualTo(19);
			assertThat(load.delete()).isZero();
			assertThat(this.shortener.size()).isZero();
		}
	}

	@Test
	void linkOfAWriteThatFailedIsDeletedToo() throws Exception {
		this.shortener.letWritesFail(true);
		try (Load load = twentyLinks(100)) {
			assertThat(load.check().acknowledged()).isZero();
			this.shortener.letWritesFail(false);
			assertThat(load.delete()).isZero();
			assertThat(this.shortener.size()).isZero();
		}
	}

	@Test
	void ofMoreLinksThanAreRememberedTheLastOnesAreLookedFor() throws Exception {
		try (Load load = twentyLinks(5)) {
			this.shortener.lose(14);
			Verdict verdict = load.check();
			assertThat(verdict.isGood()).isTrue();
			assertThat(verdict.acknowledged()).isEqualTo(20);
			assertThat(verdict.forgotten()).isEqualTo(15);
			this.shortener.lose(15);
			assertThat(load.check().lost()).containsExactly("code15");
		}
	}

	private Load twentyLinks(int remembered) throws Exception {
		Load load = Load.start(new LoadPlan(this.shortener.uri(), 1000, 0, Duration.ofMillis(20), 1), PATIENCE,
				remembered);
		await("all links").until(() -> this.shortener.size() == 20);
		assertThat(load.end().requests()).isEqualTo(20);
		return load;
	}

}
