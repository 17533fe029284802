package io.tandem.gateway.control;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.tandem.gateway.setting.SettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where changes by operators are kept and whom they are shared with.
 *
 * @param stateFile file that keeps them over restarts; without it they are lost
 * @param peers management addresses of the other gateways; each address of a name is one
 * @param peerInterval how often they are asked for what they know; changes are sent at
 * once besides
 */
@ConfigurationProperties("tandem.gateway")
record ControlProperties(@Nullable Path stateFile, @DefaultValue List<URI> peers,
		@DefaultValue("2s") Duration peerInterval) {

	ControlProperties {
		if (!peerInterval.isPositive()) {
			throw new SettingException("tandem.gateway.peer-interval is %s.".formatted(peerInterval),
					"Set it to a positive duration, for example 2s.");
		}
		for (URI peer : peers) {
			if (peer.getHost() == null || peer.getScheme() == null || !peer.getScheme().startsWith("http")) {
				throw new SettingException("tandem.gateway.peers names '" + peer + "', which is not http://host:port.",
						"Set it to the management addresses of the other gateways, for example http://127.0.0.1:9091.");
			}
		}
	}

	void requirePassword(AdminProperties admin) {
		if (!peers.isEmpty() && admin.password() == null) {
			throw new SettingException(
					"tandem.gateway.peers is set, but without a password no gateway accepts changes of another.",
					"Set tandem.gateway.admin.password to the same value in every gateway, or remove tandem.gateway.peers.");
		}
	}

}
