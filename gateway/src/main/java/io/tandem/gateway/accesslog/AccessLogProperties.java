package io.tandem.gateway.accesslog;

import java.nio.file.Path;

import io.tandem.gateway.setting.SettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The access log.
 *
 * @param enabled whether there is one
 * @param file where it goes; without it to the standard output
 * @param maxSize size at which the file is renamed and a new one begun
 * @param keep how many renamed files are kept
 * @param queue requests that may wait to be written; more are dropped and counted
 */
@ConfigurationProperties("tandem.gateway.access-log")
record AccessLogProperties(@DefaultValue("false") boolean enabled, @Nullable Path file,
		@DefaultValue("64MB") DataSize maxSize, @DefaultValue("4") int keep, @DefaultValue("8192") int queue) {

	AccessLogProperties {
		if (maxSize.toBytes() < 1 || keep < 1 || queue < 1) {
			throw new SettingException(
					"tandem.gateway.access-log.max-size is %s, keep is %d and queue is %d.".formatted(maxSize, keep,
							queue),
					"Set all of them to at least 1, or remove them: the defaults are 64MB, 4 and 8192.");
		}
	}

}
