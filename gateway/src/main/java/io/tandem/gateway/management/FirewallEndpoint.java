package io.tandem.gateway.management;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.netty.util.NetUtil;
import io.tandem.gateway.control.OperatorControl;
import io.tandem.gateway.firewall.Cidr;
import io.tandem.gateway.firewall.Firewall;
import io.tandem.gateway.firewall.FirewallRules;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * Shows who may connect to the public ports and changes it. The management port is not
 * behind the firewall: no rule can keep operators from taking it back.
 */
@WebEndpoint(id = "firewall")
final class FirewallEndpoint {

	private static final String ALLOW = "allow";

	private static final String DENY = "deny";

	private final Firewall firewall;

	private final OperatorControl control;

	FirewallEndpoint(Firewall firewall, OperatorControl control) {
		this.firewall = firewall;
		this.control = control;
	}

	@ReadOperation
	FirewallRules rules() {
		return firewall.rules();
	}

	/** Whether an address may connect. */
	@ReadOperation
	WebEndpointResponse<Object> check(@Selector String address) throws UnknownHostException {
		byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
		return (bytes == null) ? Refusal.badRequest("'" + address + "' is no address.") : new WebEndpointResponse<>(
				Map.of("address", address, "permitted", firewall.permits(InetAddress.getByAddress(bytes))));
	}

	/** Replaces one list or both. */
	@WriteOperation
	Mono<WebEndpointResponse<Object>> replace(@Nullable String allow, @Nullable String deny) {
		if (allow == null && deny == null) {
			return Mono.just(Refusal.badRequest(
					"Send {\"allow\": \"...\"}, {\"deny\": \"...\"} or both, with networks separated by commas."));
		}
		return change(split(allow), split(deny));
	}

	private static @Nullable List<String> split(@Nullable String networks) {
		return (networks != null) ? FirewallRules.split(networks) : null;
	}

	/** Adds a network to a list or takes it out. */
	@WriteOperation
	Mono<WebEndpointResponse<Object>> edit(@Selector String list, @Nullable String add, @Nullable String remove) {
		if (!list.equals(ALLOW) && !list.equals(DENY)) {
			return Mono.just(Refusal.notFound("There is no list '" + list + "': try allow or deny."));
		}
		if (add == null && remove == null) {
			return Mono.just(Refusal.badRequest("Send {\"add\": \"...\"} or {\"remove\": \"...\"} with a network."));
		}
		try {
			FirewallRules rules = firewall.rules();
			List<String> networks = new ArrayList<>(list.equals(ALLOW) ? rules.allow() : rules.deny());
			if (add != null) {
				networks.add(add);
			}
			if (remove != null && !networks.remove(Cidr.parse(remove).toString())) {
				return Mono.just(Refusal.notFound("The list has no network '" + remove + "'."));
			}
			return list.equals(ALLOW) ? change(networks, null) : change(null, networks);
		}
		catch (IllegalArgumentException ex) {
			return Mono.just(Refusal.badRequest(String.valueOf(ex.getMessage())));
		}
	}

	private Mono<WebEndpointResponse<Object>> change(@Nullable List<String> allow, @Nullable List<String> deny) {
		FirewallRules valid;
		try {
			valid = new FirewallRules((allow != null) ? allow : List.of(), (deny != null) ? deny : List.of());
		}
		catch (IllegalArgumentException ex) {
			return Mono.just(Refusal.badRequest(String.valueOf(ex.getMessage())));
		}
		return Actors.perform((actor) -> {
			control.firewall((allow != null) ? valid.allow() : null, (deny != null) ? valid.deny() : null, actor);
			return new WebEndpointResponse<>(firewall.rules());
		});
	}

	/** Back to the configuration. */
	@DeleteOperation
	Mono<WebEndpointResponse<Object>> reset() {
		return Actors.perform((actor) -> {
			control.resetFirewall(actor);
			return new WebEndpointResponse<>(firewall.rules());
		});
	}

}
