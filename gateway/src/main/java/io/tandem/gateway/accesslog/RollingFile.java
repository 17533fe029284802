package io.tandem.gateway.accesslog;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A file that becomes {@code file.1} when it is full, then {@code file.2} and so on.
 */
final class RollingFile implements LineOutput {

	private static final int BUFFER = 64 * 1024;

	private final Path file;

	private final long maxSize;

	private final int keep;

	private @Nullable OutputStream out;

	private long size;

	RollingFile(Path file, long maxSize, int keep) {
		this.file = file.toAbsolutePath();
		this.maxSize = maxSize;
		this.keep = keep;
	}

	@Override
	public void write(List<byte[]> lines) throws IOException {
		try {
			for (byte[] line : lines) {
				OutputStream current = open();
				current.write(line);
				current.write('\n');
				size += line.length + 1;
				if (size >= maxSize) {
					roll();
				}
			}
			open().flush();
		}
		catch (IOException ex) {
			// The disk may have room again later.
			close();
			throw ex;
		}
	}

	private OutputStream open() throws IOException {
		OutputStream current = out;
		if (current == null) {
			Files.createDirectories(file.resolveSibling("."));
			current = new BufferedOutputStream(
					Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), BUFFER);
			out = current;
			size = Files.size(file);
		}
		return current;
	}

	private void roll() throws IOException {
		close();
		for (int i = keep - 1; i > 0; i--) {
			if (Files.exists(numbered(i))) {
				Files.move(numbered(i), numbered(i + 1), StandardCopyOption.REPLACE_EXISTING);
			}
		}
		Files.move(file, numbered(1), StandardCopyOption.REPLACE_EXISTING);
	}

	private Path numbered(int number) {
		return file.resolveSibling(file.getFileName() + "." + number);
	}

	@Override
	public void close() throws IOException {
		OutputStream current = out;
		out = null;
		if (current != null) {
			current.close();
		}
	}

}
