package io.tandem.integration;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Gives the tests of a class one headless Chromium. Without {@code chromium} and
 * {@code chromedriver} on the PATH the class does not run and says so; where
 * {@code CI=true} it fails.
 */
class Chromium implements ExecutionCondition, BeforeAllCallback, AfterAllCallback, ParameterResolver {

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Chromium.class);

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		if (onPath("chromium").isPresent() && onPath("chromedriver").isPresent()) {
			return ConditionEvaluationResult.enabled("chromium and chromedriver are on the PATH");
		}
		String missing = "PAGE TESTS DID NOT RUN: install chromium and chromedriver (Debian: chromium chromium-driver)";
		if ("true".equals(System.getenv("CI"))) {
			throw new IllegalStateException(missing);
		}
		System.err.println(missing);
		return ConditionEvaluationResult.disabled(missing);
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		ChromeDriverService service = new ChromeDriverService.Builder()
			.usingDriverExecutable(onPath("chromedriver").orElseThrow().toFile())
			.build();
		ChromeOptions options = new ChromeOptions();
		options.setBinary(onPath("chromium").orElseThrow().toFile());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
				"--disable-background-networking", "--disable-component-update", "--no-first-run", "--hide-scrollbars",
				"--window-size=1100,900");
		ChromeDriver driver = new ChromeDriver(service, options);
		driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(20));
		context.getStore(NAMESPACE).put(ChromeDriver.class, driver);
	}

	@Override
	public void afterAll(ExtensionContext context) {
		ChromeDriver driver = driver(context);
		if (driver != null) {
			driver.quit();
		}
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == ChromeDriver.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return Objects.requireNonNull(driver(context));
	}

	/**
	 * Asserts that a page needs no horizontal scrolling on a screen of 360 px.
	 * @param laidOut waits until the page has followed the width
	 */
	static void assertFitsNarrowScreen(ChromeDriver browser, Runnable laidOut) {
		atWidth(browser, 360, () -> {
			laidOut.run();
			assertThat(browser
				.executeScript("return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
				.isEqualTo(true);
		});
	}

	/** Looks at the page on a screen of this width, in pixels. */
	static void atWidth(ChromeDriver browser, int width, Runnable look) {
		browser.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", 740, "deviceScaleFactor", 1, "mobile", true));
		try {
			look.run();
		}
		finally {
			browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
		}
	}

	private static @Nullable ChromeDriver driver(ExtensionContext context) {
		return context.getStore(NAMESPACE).get(ChromeDriver.class, ChromeDriver.class);
	}

	private static Optional<Path> onPath(String program) {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.map((directory) -> Path.of(directory, program))
			.filter(Files::isExecutable)
			.findFirst();
	}

}
