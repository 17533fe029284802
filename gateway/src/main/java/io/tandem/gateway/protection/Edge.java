package io.tandem.gateway.protection;

import io.tandem.gateway.accesslog.AccessLog;
import io.tandem.gateway.firewall.Firewall;
import io.tandem.gateway.trace.Traces;
import org.jspecify.annotations.Nullable;

/**
 * What the handlers of all public connections share.
 *
 * @param redirectPort where requests over HTTP are sent to, -1 if they are not
 * @param headers added to responses over HTTP
 * @param secureHeaders added to responses over HTTPS
 * @param accessLog null if there is none
 * @param inner makes what stands behind the guards
 */
record Edge(RequestRules rules, TimeLimits timeLimits, Clients clients, Firewall firewall,
		TrustedProxies trustedProxies, int redirectPort, ResponseHeaders headers, ResponseHeaders secureHeaders,
		Refusals refusals, Traces traces, @Nullable AccessLog accessLog, InnerHandler.Factory inner) {

}
