package io.tandem.cluster.mysql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

import io.tandem.cluster.process.PrivateFiles;

/**
 * Remembers what the primary had committed when somebody last looked, for the day when
 * neither it nor its disk can be asked.
 *
 * @param file where
 */
record CommittedRecord(Path file) {

	void write(MySqlNode primary) {
		try (Session session = primary.session()) {
			PrivateFiles.write(this.file, session.executed());
		}
		catch (SQLException | IOException ex) {
			// The record stays older, which is what it is for.
		}
	}

	/** A GTID set, empty if nothing was recorded. */
	String read() {
		try {
			return Files.readString(this.file).strip();
		}
		catch (IOException ex) {
			return "";
		}
	}

}
