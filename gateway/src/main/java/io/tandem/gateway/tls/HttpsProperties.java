package io.tandem.gateway.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.tandem.gateway.setting.SettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The HTTPS port. Its certificate is the SSL bundle {@code gateway}.
 *
 * @param enabled whether there is one
 * @param port where it listens, on the address of {@code server.address}; 0 for any
 * @param directory of the certificate that is made at the first start
 * @param names of this gateway, names and addresses, in that certificate
 * @param redirect whether HTTP requests are sent to HTTPS
 * @param publicPort under which clients reach the port, for redirects; 0 for the same
 * @param hsts how long browsers are to insist on HTTPS; nothing if not set
 */
@ConfigurationProperties("tandem.gateway.https")
public record HttpsProperties(@DefaultValue("true") boolean enabled, @DefaultValue("8443") int port,
		@DefaultValue(".tandem/tls") Path directory, @DefaultValue( {
				"localhost", "127.0.0.1", "::1" }) List<String> names,
		boolean redirect, int publicPort, @Nullable Duration hsts){

	/** In the notation of names and addresses, so that nothing else reaches keytool. */
	private static final String NAME = "[A-Za-z0-9.:-]{1,253}";

	public HttpsProperties {
		require(port >= 0 && port <= 65535, "port", port, "a port");
		require(publicPort >= 0 && publicPort <= 65535, "public-port", publicPort, "a port");
		require(!names.isEmpty() && names.stream().allMatch((name) -> name.matches(NAME)), "names", names,
				"names and addresses like gateway.example.com,192.0.2.1");
		require(hsts == null || !hsts.isNegative(), "hsts", String.valueOf(hsts), "a duration, for example 365d");
		require(enabled || !redirect, "redirect", redirect, "false, or tandem.gateway.https.enabled to true");
	}

	private static void require(boolean condition, String name, Object value, String expected) {
		if (!condition) {
			throw new SettingException("tandem.gateway.https." + name + " is '" + value + "'.",
					"Set it to " + expected + ".");
		}
	}

	/** The file with certificate and key. */
	Path certificate() {
		return directory.resolve("gateway.pem");
	}

	/** Where HTTP requests are sent to; -1 if they are not. */
	public int redirectPort() {
		return redirect ? (publicPort != 0) ? publicPort : port : -1;
	}

}
