package io.tandem.cluster.cli;

import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.concurrent.CompletionException;

import io.tandem.cluster.process.NodeException;

/**
 * Says a failure in the words of the person at the terminal.
 */
final class Failure {

	private Failure() {
	}

	static String describe(Throwable failure) {
		Throwable cause = failure;
		while ((cause instanceof UncheckedIOException || cause instanceof CompletionException)
				&& cause.getCause() != null) {
			cause = cause.getCause();
		}
		String message = String.valueOf(cause.getMessage());
		if (cause instanceof FileSystemException file) {
			String reason = (file.getReason() != null) ? file.getReason() : cause.getClass().getSimpleName();
			message = file.getFile() + ": " + reason
					+ (reason.contains("No space left") ? ". Free some disk space and try again." : "");
		}
		boolean explained = cause instanceof NodeException || cause instanceof java.io.IOException
				|| cause instanceof IllegalArgumentException || cause instanceof IllegalStateException;
		return explained ? "tandem: " + message : "tandem: " + cause;
	}

}
