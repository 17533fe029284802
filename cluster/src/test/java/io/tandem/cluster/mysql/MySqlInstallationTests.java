package io.tandem.cluster.mysql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class MySqlInstallationTests {

	@TempDir
	private Path directory = Path.of("");

	@Test
	void versionIsReadFromWhatTheServerSays() throws IOException {
		assertThat(MySqlInstallation.supported("mysqld", "mysqld  Ver 9.7.4-2 for Linux on x86_64 ((Debian))"))
			.isEqualTo("9.7.4");
		assertThat(MySqlInstallation.supported("mysqld", "mysqld  Ver 8.4.0 for macos14 on arm64")).isEqualTo("8.4.0");
	}

	@Test
	void olderServerIsRefused() {
		assertThatIOException()
			.isThrownBy(() -> MySqlInstallation.supported("/usr/sbin/mysqld", "mysqld  Ver 8.0.36 for Linux"))
			.withMessageContaining("/usr/sbin/mysqld is MySQL 8.0.36")
			.withMessageContaining("8.4 or newer");
	}

	@Test
	void mariaDbIsRefused() {
		assertThatIOException()
			.isThrownBy(() -> MySqlInstallation.supported("mysqld", "mysqld  Ver 11.8.2-MariaDB-1 for debian-linux"))
			.withMessageContaining("is MariaDB");
	}

	@Test
	void homeWithoutServerIsRefusedWithTheVariable() {
		assertThatIOException().isThrownBy(() -> MySqlInstallation
			.locate(Map.of("TANDEM_MYSQL_HOME", this.directory.toString()), Optional.empty(), (line) -> {
			})).withMessageContaining("TANDEM_MYSQL_HOME is " + this.directory);
	}

	@Test
	void serverInHomeIsUsed() throws IOException {
		Path mysqld = Files.createDirectories(this.directory.resolve("bin")).resolve("mysqld");
		Files.writeString(mysqld, "#!/bin/sh\necho \"$0  Ver 8.4.7 for Linux on x86_64\"\n");
		Files.setPosixFilePermissions(mysqld, PosixFilePermissions.fromString("rwxr-xr-x"));
		MySqlInstallation installation = MySqlInstallation
			.locate(Map.of("TANDEM_MYSQL_HOME", this.directory.toString()), Optional.empty(), (line) -> {
			});
		assertThat(installation.version()).isEqualTo("8.4.7");
		assertThat(installation.server()).isEqualTo(mysqld.toRealPath());
	}

}
