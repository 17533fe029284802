package io.tandem.gateway.protection;

import java.net.InetAddress;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.tandem.gateway.firewall.Firewall;
import org.jspecify.annotations.Nullable;

/**
 * Admits the requests of one connection: by firewall, rate and rules.
 */
final class Admission {

	private final Edge edge;

	private final InetAddress peer;

	private final Firewall.Pass pass;

	private final ClientRecord client;

	private final boolean secure;

	private final boolean trusted;

	private final boolean redirect;

	private final ResponseHeaders headers;

	Admission(Edge edge, InetAddress peer, Firewall.Pass pass, ClientRecord client, boolean secure) {
		this.edge = edge;
		this.peer = peer;
		this.pass = pass;
		this.client = client;
		this.secure = secure;
		this.headers = secure ? edge.secureHeaders() : edge.headers();
		this.redirect = !secure && edge.redirectPort() != -1;
		this.trusted = edge.trustedProxies().contains(peer);
	}

	/**
	 * Checks a request.
	 * @param stream whether it came over HTTP/2
	 * @return the answer to one that is not passed on, else null
	 */
	@Nullable FullHttpResponse check(HttpRequest request, boolean stream) {
		Refusal refusal = admit(request);
		if (refusal == null && stream) {
			refusal = edge.rules().checkSize(request);
		}
		if (refusal == null) {
			refusal = edge.rules().check(request);
		}
		if (refusal != null) {
			return response(refusal);
		}
		return (redirect && !(trusted && TrustedProxies.isSecure(request)))
				? HttpsRedirect.of(request, edge.redirectPort()) : null;
	}

	private @Nullable Refusal admit(HttpRequest request) {
		if (!pass.isValid()) {
			return Refusal.FORBIDDEN;
		}
		if (trusted) {
			return admitBehindProxy(request);
		}
		return client.mayRequest() ? null : Refusal.TOO_MANY_REQUESTS;
	}

	private @Nullable Refusal admitBehindProxy(HttpRequest request) {
		ForwardedClient forwarded = edge.trustedProxies().find(peer, request.headers());
		InetAddress address = forwarded.address();
		boolean permitted = forwarded.known() ? edge.firewall().permits(address) : edge.firewall().permitsUnknown();
		if (!permitted) {
			return Refusal.FORBIDDEN;
		}
		ClientRecord record = forwarded.known() ? edge.clients().record(address) : edge.clients().unknown(address);
		return record.mayRequest() ? null : Refusal.TOO_MANY_REQUESTS;
	}

	FullHttpResponse response(Refusal refusal) {
		edge.refusals().count(refusal);
		return RefusalWriter.response(refusal);
	}

	/** Whose request it is. */
	InetAddress client(HttpHeaders headers) {
		return trusted ? edge.trustedProxies().client(peer, headers) : peer;
	}

	/** Whether the connection is one over HTTPS. */
	boolean isSecure() {
		return secure;
	}

	/** What responses get in addition. */
	ResponseHeaders headers() {
		return headers;
	}

}
