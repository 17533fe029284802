package io.tandem.gateway.tls;

import java.io.IOException;

import io.tandem.gateway.setting.SettingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Makes the certificate of the SSL bundle {@code gateway} before Spring Boot reads it,
 * unless the bundle is configured with another.
 */
final class CertificateRegistrar implements SslBundleRegistrar, Ordered {

	private static final Logger logger = LoggerFactory.getLogger(CertificateRegistrar.class);

	private static final String LOCATION = "spring.ssl.bundle.pem.gateway.keystore.certificate";

	private final HttpsProperties properties;

	private final Environment environment;

	CertificateRegistrar(HttpsProperties properties, Environment environment) {
		this.properties = properties;
		this.environment = environment;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void registerBundles(SslBundleRegistry registry) {
		if (!properties.enabled() || !("file:" + properties.certificate()).equals(environment.getProperty(LOCATION))) {
			return;
		}
		try {
			if (SelfSignedCertificate.createIfMissing(properties.certificate(), properties.names())) {
				logger.info("Made a self-signed certificate for {}: {}", properties.names(),
						properties.certificate().toAbsolutePath());
			}
		}
		catch (IOException ex) {
			throw new SettingException(
					"No certificate for HTTPS could be made in " + properties.directory().toAbsolutePath() + ": " + ex,
					"Set tandem.gateway.https.directory to a directory that can be written, "
							+ "spring.ssl.bundle.pem.gateway.keystore.certificate and .private-key to a certificate, "
							+ "or tandem.gateway.https.enabled to false.");
		}
	}

}
