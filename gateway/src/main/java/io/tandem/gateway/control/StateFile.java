package io.tandem.gateway.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the settings over restarts. A write replaces the file as a whole: whoever pulls
 * the plug finds the old settings or the new ones.
 */
final class StateFile {

	private static final Logger logger = LoggerFactory.getLogger(StateFile.class);

	private final Path file;

	private final JsonMapper json;

	StateFile(Path file, JsonMapper json) {
		this.file = file.toAbsolutePath();
		this.json = json;
	}

	/**
	 * Reads the settings.
	 * @return nothing if there is no file yet, or none that can be understood: the
	 * gateway then starts as configured, says so loudly and keeps the file for inspection
	 */
	Map<String, Setting> read() {
		if (!Files.exists(file)) {
			return Map.of();
		}
		try {
			SettingsDocument document = json.readValue(Files.readAllBytes(file), SettingsDocument.class);
			if (document != null && document.format() == SettingsDocument.FORMAT && document.settings() != null) {
				return document.settings();
			}
			setAside("its format is not " + SettingsDocument.FORMAT);
		}
		catch (IOException | JacksonException ex) {
			setAside(String.valueOf(ex.getMessage()));
		}
		return Map.of();
	}

	private void setAside(String problem) {
		Path aside = file.resolveSibling(file.getFileName() + ".corrupt");
		try {
			Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			aside = file;
		}
		logger.error(
				"The state file {} cannot be read: weights, states and the algorithm are back to the configuration "
						+ "until another gateway sends its own. It is kept as {}. The problem: {}",
				file, aside, problem);
	}

	void write(Map<String, Setting> settings) throws IOException {
		Path directory = file.getParent();
		if (directory != null) {
			Files.createDirectories(directory);
		}
		Path temporary = file.resolveSibling(file.getFileName() + ".new");
		try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
				StandardOpenOption.TRUNCATE_EXISTING)) {
			ByteBuffer content = ByteBuffer
				.wrap(json.writerWithDefaultPrettyPrinter().writeValueAsBytes(SettingsDocument.of(settings)));
			while (content.hasRemaining()) {
				channel.write(content);
			}
			channel.force(true);
		}
		Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

}
