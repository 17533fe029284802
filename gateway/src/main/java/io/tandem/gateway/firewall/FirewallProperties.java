package io.tandem.gateway.firewall;

import java.util.List;

import io.tandem.gateway.setting.SettingException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may connect to the public ports, until an operator says otherwise.
 *
 * @param allow networks that may; empty: all
 * @param deny networks that may not, even if they are in the other list
 */
@ConfigurationProperties("tandem.gateway.firewall")
record FirewallProperties(@DefaultValue List<String> allow, @DefaultValue List<String> deny) {

	FirewallRules rules() {
		try {
			return new FirewallRules(allow, deny);
		}
		catch (IllegalArgumentException ex) {
			throw new SettingException("tandem.gateway.firewall cannot be used: " + ex.getMessage(),
					"Correct tandem.gateway.firewall.allow or tandem.gateway.firewall.deny.");
		}
	}

}
