package io.tandem.gateway.dashboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StyleTests {

	private static final Path PAGE = Path.of("src", "main", "resources", "dashboard");

	private static final Path LINK_PAGE = Path.of("..", "web-app", "src", "main", "resources", "static");

	@Test
	void dashboardHasTheColoursOfTheLinkPage() throws IOException {
		assertThat(colours(PAGE.resolve("dashboard.css"))).isEqualTo(colours(LINK_PAGE.resolve("app.css"))).hasSize(27);
		assertThat(PAGE.resolve("favicon.svg")).hasSameTextualContentAs(LINK_PAGE.resolve("favicon.svg"));
	}

	/** The variables at the beginning, for light and dark. */
	private static List<String> colours(Path file) throws IOException {
		return Files.readAllLines(file)
			.stream()
			.takeWhile((line) -> !line.equals("* {"))
			.map(String::strip)
			.filter((line) -> line.startsWith("--") && !line.startsWith("--second"))
			.toList();
	}

	/** The page is open to texts from anywhere: names, paths, reasons. */
	@Test
	void scriptsSetTextsAsTextOnly() throws IOException {
		try (Stream<Path> scripts = Files.list(PAGE)) {
			for (Path script : scripts.filter((file) -> file.toString().endsWith(".js")).toList()) {
				assertThat(script).content()
					.doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
			}
		}
	}

}
