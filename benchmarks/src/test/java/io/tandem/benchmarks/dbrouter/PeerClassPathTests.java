package io.tandem.benchmarks.dbrouter;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.tandem.benchmarks.dbrouter.peer.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PeerClassPathTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@Test
	void onlyDbRouterHasItsJar() throws IOException {
		write("base.cp", "/m2/hikari.jar", "/src/db-router/target/classes", "/m2/io/db-router-0.1.0.jar");
		assertThat(of(Peer.DB_ROUTER)).contains("db-router");
		assertThat(of(Peer.BOOT)).isEqualTo(path("/classes", "/m2/hikari.jar"));
	}

	@Test
	void checkoutMayHaveTheNameOfTheModule() throws IOException {
		write("base.cp", "/src/db-router/cluster/target/classes");
		assertThat(of(Peer.BOOT)).contains("/src/db-router/cluster/target/classes");
	}

	@Test
	void peerWithDependenciesOfItsOwnHasThem() throws IOException {
		write("base.cp", "/m2/hikari.jar");
		write("aws.cp", "/m2/hikari.jar", "/m2/aws.jar");
		assertThat(of(Peer.AWS)).isEqualTo(path("/classes", "/m2/hikari.jar", "/m2/aws.jar"));
		assertThat(of(Peer.LAZY)).doesNotContain("aws");
	}

	private String of(Peer peer) throws IOException {
		return new PeerClassPath(this.directory, "/classes").of(peer);
	}

	private void write(String file, String... entries) throws IOException {
		Files.writeString(this.directory.resolve(file), path(entries) + "\n");
	}

	private static String path(String... entries) {
		return String.join(File.pathSeparator, entries);
	}

}
