package io.tandem.dbrouter.app;

import java.util.List;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class NoteController {

	private final Notes notes;

	private final NoteWriter writer;

	NoteController(Notes notes, NoteWriter writer) {
		this.notes = notes;
		this.writer = writer;
	}

	/** One request, one Hibernate session under open-in-view. */
	@GetMapping("/{id}")
	List<String> everythingInOneRequest(@PathVariable long id) {
		NoteApplication.uses();
		Note note = this.notes.read(1);
		this.writer.write(id, "from a view");
		this.notes.readTwice(1);
		boolean tagged = note.getTags().contains("first");
		this.notes.isolation();
		this.writer.write(id, "from a view, " + (tagged ? "tagged" : "not tagged"));
		return NoteApplication.uses();
	}

}
