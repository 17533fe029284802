package io.tandem.dbrouter.gtid;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class GtidSetTests {

	private static final String A = "3e11fa47-71ca-11e1-9e33-c80aa9429562";

	private static final String B = "ffffffff-0000-4000-8000-000000000001";

	@ParameterizedTest
	@ValueSource(strings = { A + ":1", A + ":1-5", A + ":1-5:7:9-11", A + ":1-3:backup:1-2:4", A + ":tag_1:5",
			A + ":1," + B + ":1-9223372036854775806", A + ":3:a:1:b:2," + B + ":1", "" })
	void writesWhatItReads(String text) {
		assertThat(GtidSet.parse(text)).hasToString(text);
	}

	@Test
	void readsWhatTheServerPrints() {
		assertThat(GtidSet.parse(A + ":1-5,\n" + B + ":1-3:8\n")).hasToString(A + ":1-5," + B + ":1-3:8");
	}

	@ParameterizedTest
	@CsvSource({ "A:1 - 3 : 5, A:1-3:5", "' A : 2 ', A:2", "A:3:1-2, A:1-3", "A:5-9:1-6, A:1-9", "A:1:3:2, A:1-3",
			"'B:1,A:1,,B:2,', 'A:1,B:1-2'", "A:Tag:1:TAG:2, A:tag:1-2", "A:b:1:a:2, A:a:2:b:1", "'A:b:1,A:2', A:2:b:1",
			"A:1:a:1:a:2, A:1:a:1-2" })
	void normalises(String text, String normal) {
		assertThat(set(text)).hasToString(text(normal)).isEqualTo(set(normal)).hasSameHashCodeAs(set(normal));
	}

	@Test
	void ignoresTheCaseOfUuids() {
		assertThat(GtidSet.parse(A.toUpperCase(Locale.ROOT) + ":1")).isEqualTo(set("A:1"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "A", "A:", "A:0", "A:1-", "A:-1", "A:5-1", "A:1:", "A:1-2-3", "A:tag", "A:tag:",
			"A:1:tag1", "A:9223372036854775807", "A:99999999999999999999", "A:18446744073709551617", "A:1 B:1",
			"A:1;B:1", "x", "3e11fa4771ca11e19e33c80aa9429562:1", "3e11fa47-71ca-11e1-9e33-c80aa942956:1",
			"3e11fa47-71ca-11e1-9e33-c80aa942956g:1", "A:1'", "A:tag-x:1", "A:\u0661", "A:1\u0000",
			"A:a234567890123456789012345678901234:1" })
	void refusesWhatIsNoSet(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> set(text)).withMessageStartingWith("Not a GTID set");
	}

	@Test
	void refusesTextThatIsAbsurdlyLong() {
		assertThatIllegalArgumentException().isThrownBy(() -> GtidSet.parse("x".repeat(100), 99))
			.withMessage("A GTID set of 100 characters is longer than 99");
		assertThatIllegalArgumentException().isThrownBy(() -> GtidSet.parse(",".repeat(GtidSet.LONGEST_TEXT + 1)));
	}

	@Test
	void readsManyIntervalsAndServersInReasonableTime() {
		StringBuilder text = new StringBuilder(A);
		IntStream.range(0, 50_000).forEach((i) -> text.append(':').append(100_001 - 2 * i));
		for (int i = 0; i < 5_000; i++) {
			text.append(",\n").append(new UUID(i, i)).append(":1-").append(i + 1);
		}

		GtidSet set = GtidSet.parse(text.toString());

		assertThat(set.size()).isEqualTo(50_000 + 5_000L * 5_001 / 2);
		assertThat(set.contains(set("A:100001"))).isTrue();
		assertThat(set.contains(set("A:100000"))).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "A:1-10, A:3", "A:1-10, A:1-10", "A:1-5:7-9, A:2-4:8", "'A:1-5,B:1', B:1", "A:1:tag:1-5, A:tag:2",
			"A:1, ''", "'', ''" })
	void containsSubsets(String set, String subset) {
		assertThat(set(set).contains(set(subset))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "A:1-10, A:11", "A:1-5:7-9, A:5-7", "A:1-5, B:1", "B:1-5, A:1", "A:1-5, A:tag:1", "A:tag:1-5, A:1",
			"A:tag:1-5, A:other:1", "'', A:1", "A:1-5:7-9, A:1-5:7-10" })
	void doesNotContainOtherTransactions(String set, String other) {
		assertThat(set(set).contains(set(other))).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "A:1-3, A:5, A:1-3:5", "A:1-3, A:4, A:1-4", "A:1, B:1, 'A:1,B:1'", "A:1:t:1, A:2:t:2, A:1-2:t:1-2",
			"A:1:3:5, A:2:4, A:1-5", "A:1-9, A:3-4, A:1-9" })
	void unites(String one, String other, String union) {
		assertThat(set(one).union(set(other))).isEqualTo(set(union));
		assertThat(set(other).union(set(one))).isEqualTo(set(union));
	}

	@Test
	void unitesWithoutACopyWhatIsContained() {
		GtidSet all = set("A:1-9");
		assertThat(all.union(set("A:3"))).isSameAs(all);
		assertThat(set("A:3").union(all)).isSameAs(all);
		assertThat(all.union(GtidSet.EMPTY)).isSameAs(all);
	}

	@ParameterizedTest
	@CsvSource({ "A:1-9, A:3-4, A:1-2:5-9", "A:1-9, A:1-9, ''", "A:1-9, B:1, A:1-9", "'A:1-9,B:1', B:1-5, A:1-9",
			"A:1-3:5-7, A:2-6, A:1:7", "A:1-9, A:1:3:5:9, A:2:4:6-8", "A:1:t:1, A:1, A:t:1", "'', A:1, ''" })
	void subtracts(String set, String other, String rest) {
		assertThat(set(set).minus(set(other))).isEqualTo(set(rest));
	}

	@ParameterizedTest
	@CsvSource({ "'', 0", "A:7, 1", "A:1-5:7, 6", "'A:1-5:tag:1-2,B:9', 8" })
	void countsTransactions(String set, long size) {
		assertThat(set(set).size()).isEqualTo(size);
		assertThat(set(set).isEmpty()).isEqualTo(size == 0);
	}

	@Test
	void countsMoreThanALongCanSay() {
		String all = ":1-9223372036854775806";
		assertThat(GtidSet.parse(A + all + "," + B + all).size()).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void takesFewBytes() {
		assertThat(set("A:1234567").toBytes()).hasSize(23);
		GtidSet large = set("A:5-9223372036854775806:tag:1,B:7");
		assertThat(GtidSet.fromBytes(ByteBuffer.wrap(large.toBytes()))).isEqualTo(large);
	}

	@Test
	void refusesBytesThatEndTooEarly() {
		byte[] bytes = set("A:1-5:7:tag:9").toBytes();
		for (int length = 0; length < bytes.length; length++) {
			ByteBuffer cut = ByteBuffer.wrap(bytes, 0, length);
			assertThatIllegalArgumentException().isThrownBy(() -> GtidSet.fromBytes(cut));
		}
	}

	@Test
	void fillsGapsOnlyWhereThereAreTooMany() {
		assertThat(set("A:1:3:5:tag:1:3,B:1:9").condensed(2)).isEqualTo(set("A:1-5:tag:1:3,B:1:9"));
		GtidSet small = set("A:1:3");
		assertThat(small.condensed(2)).isSameAs(small);
	}

	/** Of members of a group, which number in blocks of a million by default. */
	@Test
	void fillsTheSmallestGapsFirst() {
		assertThat(set("A:1:3:1000002:1000005").condensed(3)).isEqualTo(set("A:1-3:1000002:1000005"));
		assertThat(set("A:1:3:1000002:1000005").condensed(2)).isEqualTo(set("A:1-3:1000002-1000005"));
		assertThat(set("A:1:3:1000002:1000005").condensed(1)).isEqualTo(set("A:1-1000005"));
	}

	@RepeatedTest(200)
	void behavesLikeASetOfNames(RepetitionInfo repetition) {
		Random random = new Random(repetition.getCurrentRepetition());
		Set<String> ones = names(random);
		Set<String> others = names(random);
		GtidSet one = set(String.join(",", ones));
		GtidSet other = set(String.join(",", others));
		Set<String> union = new HashSet<>(ones);
		union.addAll(others);
		Set<String> rest = new HashSet<>(ones);
		rest.removeAll(others);

		assertThat(one.size()).isEqualTo(ones.size());
		assertThat(one.contains(other)).isEqualTo(ones.containsAll(others));
		assertThat(one.union(other)).isEqualTo(set(String.join(",", union)));
		assertThat(one.minus(other)).isEqualTo(set(String.join(",", rest)));
		assertThat(one.minus(other).union(other)).isEqualTo(one.union(other));
		assertThat(one.union(other).contains(one)).isTrue();
		assertThat(GtidSet.parse(one.toString())).isEqualTo(one);
		assertThat(GtidSet.fromBytes(ByteBuffer.wrap(one.toBytes()))).isEqualTo(one);
		assertThat(one.condensed(1 + random.nextInt(3)).contains(one)).isTrue();
		String name = names(random).iterator().next();
		assertThat(one.contains(set(name))).isEqualTo(ones.contains(name));
	}

	private static Set<String> names(Random random) {
		Set<String> names = new HashSet<>();
		String[] sources = { "A:", "A:tag:", "B:", "B:b:" };
		int density = 1 + random.nextInt(12);
		for (int i = 0; i <= 4 * density; i++) {
			names.add(sources[random.nextInt(1 + random.nextInt(4))] + (1 + random.nextInt(15)));
		}
		return names;
	}

	private static GtidSet set(String text) {
		return GtidSet.parse(text(text));
	}

	private static String text(String text) {
		return text.replaceAll("\\bA\\b", A).replaceAll("\\bB\\b", B);
	}

}
