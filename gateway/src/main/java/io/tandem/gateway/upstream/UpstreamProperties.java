package io.tandem.gateway.upstream;

import java.time.Duration;

import io.tandem.gateway.setting.SettingException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits towards the instances.
 *
 * @param connectTimeout for establishing a connection, and as long again for a TLS
 * handshake
 * @param firstAttemptTimeout for the beginning of the answer to a request without a body
 * that would be repeated at another instance in rotation
 * @param responseTimeout for the answer to any other request, counted from its last byte;
 * also the longest pause within a response and within sending a body
 * @param streamIdleTimeout longest silence of a WebSocket, or of an answer of a streaming
 * media type once it has begun
 * @param maxHeaderSize of an answer's header
 * @param maxConnections to one instance, shared out evenly among the event loops
 * @param acquireTimeout how long a request waits for one of them
 * @param maxIdleTime how long one is kept without a request; less than the instance keeps
 * it
 * @param maxLifeTime after which one is not used again
 */
@ConfigurationProperties("tandem.gateway.upstream")
public record UpstreamProperties(@DefaultValue("500ms") Duration connectTimeout,
		@DefaultValue("3s") Duration firstAttemptTimeout, @DefaultValue("10s") Duration responseTimeout,
		@DefaultValue("1h") Duration streamIdleTimeout, @DefaultValue("32KB") DataSize maxHeaderSize,
		@DefaultValue("256") int maxConnections, @DefaultValue("2s") Duration acquireTimeout,
		@DefaultValue("10s") Duration maxIdleTime, @DefaultValue("5m") Duration maxLifeTime) {

	public UpstreamProperties {
		if (!connectTimeout.isPositive() || !firstAttemptTimeout.isPositive()
				|| responseTimeout.compareTo(firstAttemptTimeout) < 0) {
			throw new SettingException(
					"The time limits under tandem.gateway.upstream are out of order: connect-timeout %s, first-attempt-timeout %s, response-timeout %s."
						.formatted(connectTimeout, firstAttemptTimeout, responseTimeout),
					"Set positive durations and a response-timeout that is at least the first-attempt-timeout.");
		}
		if (!streamIdleTimeout.isPositive() || !acquireTimeout.isPositive() || !maxIdleTime.isPositive()
				|| !maxLifeTime.isPositive() || maxConnections < 1 || maxHeaderSize.toBytes() < 1024
				|| maxHeaderSize.toBytes() > Integer.MAX_VALUE) {
			throw new SettingException(
					"A limit under tandem.gateway.upstream makes no sense: stream-idle-timeout %s, acquire-timeout %s, max-idle-time %s, max-life-time %s, max-connections %d, max-header-size %s."
						.formatted(streamIdleTimeout, acquireTimeout, maxIdleTime, maxLifeTime, maxConnections,
								maxHeaderSize),
					"Set positive durations, at least one connection and a header of at least 1KB.");
		}
	}

}
