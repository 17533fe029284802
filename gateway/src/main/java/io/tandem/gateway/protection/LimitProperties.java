package io.tandem.gateway.protection;

import java.time.Duration;
import java.util.List;

import io.tandem.gateway.firewall.Cidr;
import io.tandem.gateway.setting.SettingException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What clients may take of the gateway.
 *
 * @param headerTimeout until the header of a request has arrived, from its first byte or
 * from the beginning of the connection
 * @param idleTimeout between two requests
 * @param minimumRate bytes a second, of a body that a client sends or a response that it
 * reads
 * @param stallTimeout how long a client may stand still, or fall below the rate
 * @param headers fields in the header of a request
 * @param body size of the body of a request
 * @param connections open at a time, of all clients together
 * @param connectionsPerClient open at a time, of one address (IPv6: of a /64 network)
 * @param requestsPerSecond of one address, in the long run
 * @param burst requests of one address at once
 * @param clients addresses that are remembered
 * @param exempt networks without limits for each address: by default this machine
 */
@ConfigurationProperties("tandem.gateway.limits")
record LimitProperties(@DefaultValue("10s") Duration headerTimeout, @DefaultValue("15s") Duration idleTimeout,
		@DefaultValue("500B") DataSize minimumRate, @DefaultValue("10s") Duration stallTimeout,
		@DefaultValue("100") int headers, @DefaultValue("10MB") DataSize body, @DefaultValue("4000") int connections,
		@DefaultValue("500") int connectionsPerClient, @DefaultValue("500") int requestsPerSecond,
		@DefaultValue("1000") int burst, @DefaultValue("20000") int clients, @DefaultValue( {
				"127.0.0.0/8", "::1" }) List<String> exempt){

	LimitProperties {
		require(headerTimeout.isPositive(), "header-timeout", headerTimeout);
		require(idleTimeout.isPositive(), "idle-timeout", idleTimeout);
		require(stallTimeout.isPositive(), "stall-timeout", stallTimeout);
		require(minimumRate.toBytes() > 0, "minimum-rate", minimumRate);
		require(headers > 0, "headers", headers);
		require(!body.isNegative(), "body", body);
		require(connections > 0, "connections", connections);
		require(connectionsPerClient > 0, "connections-per-client", connectionsPerClient);
		require(requestsPerSecond > 0, "requests-per-second", requestsPerSecond);
		require(burst > 0, "burst", burst);
		require(clients > 0, "clients", clients);
		require(exempt.stream().allMatch(Cidr::isValid), "exempt", exempt);
	}

	private static void require(boolean condition, String name, Object value) {
		if (!condition) {
			throw new SettingException("tandem.gateway.limits." + name + " is '" + value + "'.",
					name.equals("exempt") ? "List networks like 10.0.0.0/8, fd00::/8 or single addresses."
							: "Set it to more than nothing, or remove it: the README lists the defaults.");
		}
	}

}
