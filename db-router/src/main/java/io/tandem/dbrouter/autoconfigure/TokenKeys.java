package io.tandem.dbrouter.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.tandem.dbrouter.consistency.TokenKey;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The keys of the configured secrets.
 */
final class TokenKeys {

	private static final Log logger = LogFactory.getLog(TokenKeys.class);

	private TokenKeys() {
	}

	static List<TokenKey> of(ConsistencyProperties.Token properties) {
		List<TokenKey> keys = new ArrayList<>();
		if (properties.secret() != null) {
			keys.add(TokenKey.of(properties.secret()));
		}
		else {
			logger.warn("db-router.consistency.token.secret is not set: a client that writes here and reads from "
					+ "another instance may not see what it wrote. Set the same secret in all instances");
			keys.add(TokenKey.random());
		}
		properties.previousSecrets().forEach((secret) -> keys.add(TokenKey.of(secret)));
		return keys;
	}

}
