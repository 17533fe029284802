package io.tandem.gateway.accesslog;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * The standard output of the process, shared with its log.
 */
final class StandardOutput implements LineOutput {

	private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

	/** At once, so that lines of other threads do not come in between. */
	@Override
	public void write(List<byte[]> lines) throws IOException {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte[] line : lines) {
			all.writeBytes(line);
			all.write('\n');
		}
		out.write(all.toByteArray());
	}

	@Override
	public void close() {
		// It is everybody's.
	}

}
