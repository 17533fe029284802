package io.tandem.benchmarks.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

class ProcStatTests {

	@Test
	void userAndSystemTimeAreAddedWhateverTheNameOfTheProcess() {
		assertThat(ProcStat.cpuMicros("42 (a) b (c)) S 1 42 42 0 -1 4194560 9 0 0 0 150 25 3 4 20 0 1"))
			.isEqualTo(1_750_000);
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void residentSetIsThatOfTheStatusFile() throws IOException {
		assertThat(ProcStat.residentMegabytes(Files.readString(Path.of("/proc/self/status")))).isBetween(10.0,
				10_000.0);
	}

}
