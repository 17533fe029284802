package io.tandem.webapp.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Serves the page's style, script and icon. Their names carry no hash on purpose: while
 * the instances are replaced one by one, the page of the new one may ask the old one for
 * them.
 */
@Configuration(proxyBeanMethods = false)
class AssetConfiguration implements WebMvcConfigurer {

	private static final CacheControl CACHE = CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic();

	@Override
	public void addResourceHandlers(ResourceHandlerRegistry registry) {
		registry.addResourceHandler("/*.css", "/*.js", "/*.svg", "/*.txt")
			.addResourceLocations("classpath:/static/")
			.setCacheControl(CACHE)
			// The build sets all times in the jar to the same value: they say nothing.
			.setUseLastModified(false)
			.setEtagGenerator(AssetConfiguration::hash);
	}

	private static String hash(Resource resource) {
		try {
			return "\"" + DigestUtils.md5DigestAsHex(resource.getContentAsByteArray()) + "\"";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
