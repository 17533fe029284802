package io.tandem.gateway.control;

import io.tandem.gateway.setting.SettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may change things over the management API.
 *
 * @param username of the account
 * @param password of the account, the same in every gateway; without it nobody may change
 * anything
 */
@ConfigurationProperties("tandem.gateway.admin")
public record AdminProperties(@DefaultValue("admin") String username, @Nullable String password) {

	public AdminProperties {
		if (password != null && password.isBlank()) {
			password = null;
		}
		if (username.isBlank() || username.indexOf(':') != -1) {
			throw new SettingException("tandem.gateway.admin.username is '" + username + "'.",
					"Set it to a name without a colon, which HTTP Basic cannot carry, or remove it: the default is admin.");
		}
	}

	/** Without the password. */
	@Override
	public String toString() {
		return "AdminProperties[username=" + username + "]";
	}

}
