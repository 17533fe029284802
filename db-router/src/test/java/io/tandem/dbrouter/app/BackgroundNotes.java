package io.tandem.dbrouter.app;

import java.util.concurrent.CompletableFuture;

import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.stereotype.Service;

/** Works in another thread. */
@Service
@EnableAsync
public class BackgroundNotes {

	private final NoteWriter writer;

	private final ConsistentNotes notes;

	BackgroundNotes(NoteWriter writer, ConsistentNotes notes) {
		this.writer = writer;
		this.notes = notes;
	}

	@Async
	public CompletableFuture<Boolean> write(long id) {
		this.writer.write(id, "background");
		return CompletableFuture.completedFuture(true);
	}

	@Async
	public CompletableFuture<Boolean> find(long id) {
		return CompletableFuture.completedFuture(this.notes.standard(id));
	}

}
