package io.tandem.gateway.protection;

import io.tandem.gateway.firewall.Firewall;

/**
 * What the handlers of all public connections share.
 *
 * @param redirectPort where requests over HTTP are sent to, -1 if they are not
 * @param headers added to responses over HTTP
 * @param secureHeaders added to responses over HTTPS
 */
record Edge(RequestRules rules, TimeLimits timeLimits, Clients clients, Firewall firewall,
		TrustedProxies trustedProxies, int redirectPort, ResponseHeaders headers, ResponseHeaders secureHeaders,
		Refusals refusals) {

}
