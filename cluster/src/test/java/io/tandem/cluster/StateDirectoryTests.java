package io.tandem.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class StateDirectoryTests {

	@TempDir
	private Path directory = Path.of("");

	@Test
	void pathThatIsAFileIsRefusedWithTheWayOut() throws IOException {
		Path file = Files.writeString(this.directory.resolve("file"), "");
		assertThatIOException().isThrownBy(() -> new StateDirectory(file.resolve("state")).create())
			.withMessageContaining("cannot be written")
			.withMessageContaining("TANDEM_STATE");
	}

	@Test
	void secretOfTheTokensIsMadeOnceAndOnlyItsOwnerReadsIt() throws IOException {
		StateDirectory state = new StateDirectory(this.directory.resolve("state"));
		state.create();
		String secret = state.tokenSecret();
		assertThat(secret).hasSizeGreaterThanOrEqualTo(32);
		assertThat(state.tokenSecret()).isEqualTo(secret);
		assertThat(Files.getPosixFilePermissions(state.path().resolve("token.secret")))
			.containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
		state.wipe();
		assertThat(state.tokenSecret()).isNotEqualTo(secret);
	}

	@Test
	void passwordOfTheGatewaysIsMadeOnceAndOnlyItsOwnerReadsIt() throws IOException {
		StateDirectory state = new StateDirectory(this.directory.resolve("state"));
		state.create();
		String password = state.gatewayPassword();
		assertThat(password).hasSizeGreaterThanOrEqualTo(32).isNotEqualTo(state.tokenSecret());
		assertThat(state.gatewayPassword()).isEqualTo(password);
		assertThat(Files.getPosixFilePermissions(state.gatewayPasswordFile()))
			.containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
		state.wipe();
		assertThat(state.gatewayPassword()).isNotEqualTo(password);
	}

	@Test
	void largeLogIsKeptOnce() throws IOException {
		StateDirectory state = new StateDirectory(this.directory.resolve("state"));
		state.create();
		Files.write(state.log(Node.WEB_APP_1), new byte[5 << 20]);
		Files.writeString(state.log(Node.WEB_APP_2), "short");
		state.rotate(Node.WEB_APP_1);
		state.rotate(Node.WEB_APP_2);
		assertThat(state.log(Node.WEB_APP_1)).doesNotExist();
		assertThat(state.logs().resolve("web-app-1.log.1")).hasSize(5 << 20);
		assertThat(state.log(Node.WEB_APP_2)).hasContent("short");
	}

}
