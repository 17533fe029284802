package io.tandem.gateway.control;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SettingsTests {

	private static final String WEIGHT = "instances/a/weight";

	private static final String STATE = "instances/a/state";

	private final Settings one = new Settings("gateway-1", Clock.systemUTC());

	private final Settings two = new Settings("gateway-2", Clock.systemUTC());

	@Test
	void newerSettingReplacesTheOlder() {
		one.set(WEIGHT, "3", "admin");
		two.merge(one.all());
		two.set(WEIGHT, "4", "admin");
		one.merge(two.all());
		two.merge(one.all());
		assertThat(one.value(WEIGHT)).isEqualTo("4");
		assertThat(two.value(WEIGHT)).isEqualTo("4");
	}

	@Test
	void settingThatIsNullInAFileOrFromAPeerIsIgnored() {
		Map<String, Setting> others = new HashMap<>();
		others.put(WEIGHT, null);
		assertThat(one.merge(others)).isEmpty();
		assertThat(one.all()).isEmpty();
	}

	@Test
	void changesOfDifferentThingsAtTheSameTimeBothSurvive() {
		one.set(WEIGHT, "3", "admin");
		two.set(STATE, "drain", "admin");
		exchange();
		assertThat(one.all()).isEqualTo(two.all()).hasSize(2);
	}

	@Test
	void ofTwoChangesAtTheSameTimeTheSameOneWinsEverywhere() {
		one.set(WEIGHT, "3", "admin");
		two.set(WEIGHT, "4", "admin");
		exchange();
		assertThat(one.value(WEIGHT)).isEqualTo("4");
		assertThat(two.value(WEIGHT)).isEqualTo("4");
	}

	@Test
	void gatewaysOfTheSameNameAgreeToo() {
		Settings other = new Settings("gateway-1", Clock.systemUTC());
		one.set(WEIGHT, "3", "admin");
		other.set(WEIGHT, "4", "admin");
		one.merge(other.all());
		other.merge(one.all());
		assertThat(one.value(WEIGHT)).isEqualTo(other.value(WEIGHT));
	}

	@Test
	void resetIsAChangeLikeAnyOther() {
		one.set(WEIGHT, "3", "admin");
		two.merge(one.all());
		one.set(WEIGHT, null, "admin");
		exchange();
		assertThat(two.value(WEIGHT)).isNull();
	}

	@RepeatedTest(20)
	void gatewaysConvergeWhateverIsLostOnTheWay(RepetitionInfo repetition) {
		Random random = new Random(repetition.getCurrentRepetition());
		for (int i = 0; i < 200; i++) {
			Settings writer = random.nextBoolean() ? one : two;
			switch (random.nextInt(4)) {
				case 0 -> writer.set(WEIGHT, String.valueOf(random.nextInt(257)), "admin");
				case 1 -> writer.set(STATE, random.nextBoolean() ? "ready" : "drain", "admin");
				case 2 -> one.merge(two.all());
				default -> two.merge(one.all());
			}
		}
		exchange();
		assertThat(one.all()).isEqualTo(two.all());
	}

	@Test
	void mergeSaysWhatChanged() {
		one.set(WEIGHT, "3", "admin");
		one.set(STATE, "drain", "admin");
		assertThat(two.merge(one.all())).containsExactlyInAnyOrder(WEIGHT, STATE);
		assertThat(two.merge(one.all())).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "algorithm, fastest", "instances/a/weight, 257", "instances/a/weight, -1", "instances/a/weight, x",
			"instances/a/state, gone", "fail-back, x", "anything, 1" })
	void settingThatMakesNoSenseIsIgnored(String key, String value) {
		one.merge(Map.of(key, new Setting(value, 1, "gateway-2", "admin", Instant.EPOCH)));
		assertThat(one.all()).isEmpty();
	}

	@Test
	void counterThatWearsOutTheOthersIsIgnored() {
		one.merge(Map.of(WEIGHT, new Setting("1", Long.MAX_VALUE, "gateway-2", "admin", Instant.EPOCH)));
		assertThat(one.all()).isEmpty();
	}

	@Test
	void numberOfSettingsIsBounded() {
		Map<String, Setting> many = new HashMap<>();
		for (int i = 0; i < 2 * Settings.MOST; i++) {
			many.put("instances/" + i + "/weight", new Setting("1", 1, "gateway-2", "admin", Instant.EPOCH));
		}
		one.merge(many);
		assertThat(one.all()).hasSize(Settings.MOST);
	}

	private void exchange() {
		Map<String, Setting> sent = one.all();
		one.merge(two.all());
		two.merge(sent);
	}

}
