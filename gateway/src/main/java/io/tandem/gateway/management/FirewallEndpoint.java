package io.tandem.gateway.management;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;

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
		return change(replacement(allow), replacement(deny));
	}

	private static @Nullable UnaryOperator<List<String>> replacement(@Nullable String networks) {
		return (networks != null) ? (before) -> FirewallRules.split(networks) : null;
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
		UnaryOperator<List<String>> edit = (networks) -> edited(networks, add, remove);
		return list.equals(ALLOW) ? change(edit, null) : change(null, edit);
	}

	private static List<String> edited(List<String> networks, @Nullable String add, @Nullable String remove) {
		List<String> edited = new ArrayList<>(networks);
		if (add != null) {
			edited.add(add);
		}
		if (remove != null && !edited.remove(Cidr.parse(remove).toString())) {
			throw new NoSuchElementException("The list has no network '" + remove + "'.");
		}
		return edited;
	}

	private Mono<WebEndpointResponse<Object>> change(@Nullable UnaryOperator<List<String>> allow,
			@Nullable UnaryOperator<List<String>> deny) {
		return Actors.perform((actor) -> {
			try {
				control.firewall(allow, deny, actor);
				return new WebEndpointResponse<>(firewall.rules());
			}
			catch (NoSuchElementException ex) {
				return Refusal.notFound(String.valueOf(ex.getMessage()));
			}
			catch (IllegalArgumentException ex) {
				return Refusal.badRequest(String.valueOf(ex.getMessage()));
			}
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
