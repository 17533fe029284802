package io.tandem.gateway.dashboard;

import java.util.regex.Pattern;

import io.tandem.gateway.control.AuditEvent;

/**
 * Words changes by operators for people.
 */
final class EventText {

	private static final Pattern SETTING = Pattern.compile("instances/([^/]+)/(weight|state) = ");

	private EventText() {
	}

	/** Not from which address: the page is open to who may not know that. */
	static String of(AuditEvent event) {
		String what = SETTING.matcher(event.what()).replaceAll("$1: $2 ");
		return event.who() + ": " + what;
	}

}
