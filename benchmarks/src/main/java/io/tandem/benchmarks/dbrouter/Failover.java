package io.tandem.benchmarks.dbrouter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

import io.tandem.benchmarks.dbrouter.peer.Peer;
import io.tandem.benchmarks.dbrouter.peer.Recovery;

/**
 * The primary is killed with SIGKILL and its replica promoted three seconds later, on a
 * pair of its own.
 */
final class Failover {

	private static final long UNTIL_PROMOTION = 2500;

	private static final long BEFORE = 2000;

	private Failover() {
	}

	static Recovery measure(Peer peer, PeerClassPath classPath, Path directory, int poolSize)
			throws IOException, SQLException, InterruptedException {
		Path own = Files.createDirectory(directory.resolve("failover-" + peer.id()));
		try (Arena arena = Arena.open(own.resolve("pair"), poolSize);
				PeerProcess process = PeerProcess.start(peer, arena.direct(), classPath, own)) {
			process.beginOutage();
			TimeUnit.MILLISECONDS.sleep(BEFORE);
			arena.killPrimary();
			process.primaryIsDead();
			TimeUnit.MILLISECONDS.sleep(UNTIL_PROMOTION);
			arena.promoteReplica();
			return process.promoted();
		}
	}

}
