package io.tandem.gateway.control;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * All settings of this gateway: a map in which each entry is replaced by newer versions
 * of itself only. Not thread-safe.
 */
final class Settings {

	/** More than two for each of many instances. */
	static final int MOST = 1000;

	/** A counter beyond that is a mistake, and accepting it would wear out the rest. */
	private static final long HIGHEST_COUNTER = 1L << 50;

	private final Map<String, Setting> settings = new TreeMap<>();

	private final String node;

	private final Clock clock;

	Settings(String node, Clock clock) {
		this.node = node;
		this.clock = clock;
	}

	@Nullable String value(String key) {
		Setting setting = settings.get(key);
		return (setting != null) ? setting.value() : null;
	}

	void set(String key, @Nullable String value, String by) {
		long counter = settings.values().stream().mapToLong(Setting::counter).max().orElse(0) + 1;
		settings.put(key, new Setting(value, counter, node, by, clock.instant()));
	}

	/**
	 * Takes over what is newer.
	 * @return the keys whose settings changed
	 */
	List<String> merge(Map<String, Setting> others) {
		List<String> changed = new ArrayList<>();
		others.forEach((key, setting) -> {
			boolean acceptable = setting != null && SettingKey.accepts(key, setting.value()) && setting.counter() > 0
					&& setting.counter() <= HIGHEST_COUNTER && (settings.containsKey(key) || settings.size() < MOST);
			if (acceptable && setting.isNewerThan(settings.get(key))) {
				settings.put(key, setting);
				changed.add(key);
			}
		});
		return changed;
	}

	Map<String, Setting> all() {
		return new TreeMap<>(settings);
	}

}
