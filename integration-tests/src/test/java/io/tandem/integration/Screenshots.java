package io.tandem.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.Map;

import org.openqa.selenium.chrome.ChromeDriver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pictures of pages for the documentation, which a build with
 * {@code -Dtandem.update-screenshots=true} replaces.
 */
final class Screenshots {

	private static final Path TAKEN = Path.of("target", "screenshots");

	private Screenshots() {
	}

	static void take(ChromeDriver browser, String name, int width, int height) throws IOException {
		Map<String, Object> picture = browser.executeCdpCommand("Page.captureScreenshot",
				Map.of("format", "png", "captureBeyondViewport", true, "clip",
						Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)));
		Files.createDirectories(TAKEN);
		Path screenshot = TAKEN.resolve(name);
		Files.write(screenshot, Base64.getDecoder().decode(String.valueOf(picture.get("data"))));
		assertThat(screenshot).isNotEmptyFile();
		if (Boolean.getBoolean("tandem.update-screenshots")) {
			Files.copy(screenshot, Path.of("..", "docs", "images", name), StandardCopyOption.REPLACE_EXISTING);
		}
	}

}
