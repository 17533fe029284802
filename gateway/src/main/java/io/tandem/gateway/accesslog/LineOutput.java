package io.tandem.gateway.accesslog;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * Takes lines. Used by one thread.
 */
interface LineOutput extends Closeable {

	/** Writes the lines and hands them to the operating system. */
	void write(List<byte[]> lines) throws IOException;

}
