package io.tandem.gateway.control;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The settings as gateways exchange them over the management API.
 */
public final class PeerSettings {

	private final OperatorControl control;

	private final JsonMapper json;

	PeerSettings(OperatorControl control, JsonMapper json) {
		this.control = control;
		this.json = json;
	}

	/** All settings with their versions. */
	public Object document() {
		return control.document();
	}

	/**
	 * Takes over what is newer.
	 * @param text {@link #document()} as JSON; a text because endpoints take no nested
	 * values
	 * @throws IllegalArgumentException if it cannot be understood
	 */
	public void merge(String text, Actor actor) {
		SettingsDocument document;
		try {
			document = json.readValue(text, SettingsDocument.class);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("These are no settings: " + ex.getMessage(), ex);
		}
		if (document == null || document.format() != SettingsDocument.FORMAT || document.settings() == null) {
			throw new IllegalArgumentException("These are no settings of format " + SettingsDocument.FORMAT + ".");
		}
		control.merge(document.settings(), actor);
	}

}
