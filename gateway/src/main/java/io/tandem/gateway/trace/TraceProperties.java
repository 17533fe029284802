package io.tandem.gateway.trace;

import io.tandem.gateway.setting.SettingException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The traces that begin here.
 *
 * @param sampling which part of them web-apps are to export, 0 to 1, if they export any
 */
@ConfigurationProperties("tandem.gateway.traces")
record TraceProperties(@DefaultValue("0.1") double sampling) {

	TraceProperties {
		if (!(sampling >= 0 && sampling <= 1)) {
			throw new SettingException("tandem.gateway.traces.sampling is " + sampling + ".",
					"Set it to a number between 0 and 1, or remove it: the default is 0.1, one trace in ten.");
		}
	}

}
