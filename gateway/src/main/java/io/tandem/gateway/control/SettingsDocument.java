package io.tandem.gateway.control;

import java.util.Map;

/**
 * Settings in the state file and between gateways.
 *
 * @param format 1
 */
record SettingsDocument(int format, Map<String, Setting> settings) {

	static final int FORMAT = 1;

	static SettingsDocument of(Map<String, Setting> settings) {
		return new SettingsDocument(FORMAT, settings);
	}

}
