package io.tandem.dbrouter.app;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Service
public class NoteWriter {

	private final NoteRepository repository;

	NoteWriter(NoteRepository repository) {
		this.repository = repository;
	}

	@Transactional
	public void write(long id, String text) {
		this.repository.save(new Note(id, text));
	}

	@Transactional
	public void writeAndFail(long id) {
		this.repository.saveAndFlush(new Note(id, "rolled back"));
		throw new IllegalStateException("on purpose");
	}

	@Transactional(propagation = Propagation.REQUIRES_NEW)
	public void writeApart(long id, String text) {
		this.repository.save(new Note(id, text));
	}

}
