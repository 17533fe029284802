package io.tandem.gateway.protection;

import java.util.List;

import io.tandem.gateway.firewall.Cidr;
import io.tandem.gateway.setting.SettingException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whom to believe, and what to tell browsers.
 *
 * @param trustedProxies networks of proxies in front of the gateway whose
 * {@code X-Forwarded-For} and {@code X-Forwarded-Proto} count
 * @param securityHeaders whether responses get headers that make browsers more careful
 */
@ConfigurationProperties("tandem.gateway")
record ProtectionProperties(@DefaultValue List<String> trustedProxies, @DefaultValue("true") boolean securityHeaders) {

	ProtectionProperties {
		for (String network : trustedProxies) {
			if (!Cidr.isValid(network)) {
				throw new SettingException(
						"tandem.gateway.trusted-proxies names '" + network + "', which is no network.",
						"List the addresses of the proxies in front of the gateway, like 10.0.0.0/8 or 192.0.2.1.");
			}
		}
	}

}
