package io.tandem.gateway.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class StateFileTests {

	private final Path path;

	private final StateFile file;

	StateFileTests(@TempDir Path directory) {
		this.path = directory.resolve("state/gateway.json");
		this.file = new StateFile(path, JsonMapper.builder().build());
	}

	@Test
	void whatWasWrittenIsRead() throws IOException {
		Map<String, Setting> settings = Map.of("algorithm",
				new Setting("ip-hash", 7, "gateway-1", "admin", Instant.parse("2026-11-21T12:00:00Z")),
				"instances/a/weight", new Setting(null, 8, "gateway-2", "admin", Instant.EPOCH));
		file.write(Map.of());
		file.write(settings);
		assertThat(file.read()).isEqualTo(settings);
		try (var files = Files.list(path.resolveSibling("."))) {
			assertThat(files).hasSize(1);
		}
	}

	@Test
	void missingFileIsNoNews(CapturedOutput output) {
		assertThat(file.read()).isEmpty();
		assertThat(output).doesNotContain("state file");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "{\"format\": 2, \"settings\": {}}", "{\"format\": 1}",
			"\u0000\u0000\u0000", "{\"format\": 1, \"settings\": {\"algorithm\": 3}}",
			"{\"format\": 1, \"settings\": {\"algorithm\": {\"value\": \"ip-hash\", \"counter\": 3}}}" })
	void corruptFileIsSetAsideWithALoudWarning(String content, CapturedOutput output) throws IOException {
		Files.createDirectories(path.resolveSibling("."));
		Files.writeString(path, content);
		assertThat(file.read()).isEmpty();
		assertThat(output).contains("ERROR", "back to the configuration");
		assertThat(path.resolveSibling("gateway.json.corrupt")).hasContent(content);
		file.write(Map.of());
		assertThat(file.read()).isEmpty();
	}

}
