package io.tandem.gateway.management;

import java.util.Map;

import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * Gives who knows the password a link that logs in to the dashboard, once. The token is
 * behind the {@code #}, which browsers send to nobody.
 */
@WebEndpoint(id = "login")
final class LoginEndpoint {

	private final LoginLinks links;

	LoginEndpoint(LoginLinks links) {
		this.links = links;
	}

	@WriteOperation
	Map<String, Object> link() {
		return Map.of("path", "/#login=" + links.newToken(), "validSeconds", LoginLinks.VALID.toSeconds());
	}

}
