package io.tandem.cluster.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files and directories that only their owner may read.
 */
public final class PrivateFiles {

	private PrivateFiles() {
	}

	/**
	 * Replaces a file as a whole: a reader sees the old text or the new, and it is at no
	 * moment readable by others.
	 * @param file the file, mode 0600 afterwards
	 * @param text its new text
	 * @throws IOException if it cannot be written
	 */
	public static void write(Path file, String text) throws IOException {
		Path temporary = Files.createTempFile(directory(file.resolveSibling("").toAbsolutePath()), ".new", null,
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		try {
			Files.writeString(temporary, text);
			Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}

	/**
	 * Makes sure that a directory is there.
	 * @param directory a directory, created with mode 0700 if it is missing
	 * @return the directory
	 * @throws IOException if it cannot be created
	 */
	public static Path directory(Path directory) throws IOException {
		if (!Files.isDirectory(directory)) {
			Files.createDirectories(directory,
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		}
		return directory;
	}

	/**
	 * Deletes a file or a whole tree.
	 * @param path a file or a directory with all it holds, deleted; nothing happens if it
	 * is not there
	 * @throws IOException if something could not be deleted
	 */
	public static void delete(Path path) throws IOException {
		try (Stream<Path> tree = Files.walk(path)) {
			for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(each);
			}
		}
		catch (NoSuchFileException ex) {
			// Nothing to delete.
		}
	}

	/**
	 * Reads the end of a text file.
	 * @param file a text file
	 * @param lines how many lines at most
	 * @return its last lines, empty if it cannot be read
	 */
	public static List<String> tail(Path file, int lines) {
		try (Stream<String> all = Files.lines(file, java.nio.charset.StandardCharsets.ISO_8859_1)) {
			List<String> list = all.toList();
			return list.subList(Math.max(0, list.size() - lines), list.size());
		}
		catch (IOException | java.io.UncheckedIOException ex) {
			return List.of();
		}
	}

}
