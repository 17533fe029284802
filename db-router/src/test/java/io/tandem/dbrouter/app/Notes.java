package io.tandem.dbrouter.app;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Service
public class Notes {

	private final NoteRepository repository;

	private final JdbcTemplate jdbc;

	private final NoteWriter writer;

	Notes(NoteRepository repository, JdbcTemplate jdbc, NoteWriter writer) {
		this.repository = repository;
		this.jdbc = jdbc;
		this.writer = writer;
	}

	@Transactional(readOnly = true)
	public Note read(long id) {
		return this.repository.findById(id).orElseThrow();
	}

	/** Several statements with time between them: a node may die in the middle. */
	@Transactional(readOnly = true)
	public long readTwice(long id) {
		Note note = this.repository.findById(id).orElseThrow();
		return note.getId() + this.repository.count();
	}

	@Transactional(readOnly = true)
	public void nothing() {
	}

	@Transactional(readOnly = true, isolation = Isolation.READ_COMMITTED)
	public String isolation() {
		return String.valueOf(this.jdbc.queryForObject("SELECT @@transaction_isolation", String.class));
	}

	@Transactional(readOnly = true)
	public void insertInReadOnly(long id) {
		this.jdbc.update("INSERT INTO note VALUES (?, 'no')", id);
	}

	@Transactional(readOnly = true)
	public void lockInReadOnly(long id) {
		this.jdbc.queryForList("SELECT * FROM note WHERE id = ? FOR UPDATE", id);
	}

	@Transactional(readOnly = true)
	public void joinFromReadOnly(long id) {
		this.writer.write(id, "lost");
	}

	@Transactional(readOnly = true)
	public long readAndWriteApart(long id) {
		Note note = this.repository.findById(1L).orElseThrow();
		this.writer.writeApart(id, "apart");
		return note.getId() + this.repository.count();
	}

	@Transactional
	public String readInReadWrite(long id) {
		return this.repository.findById(id).orElseThrow().getText();
	}

	@Transactional(readOnly = true, propagation = Propagation.NOT_SUPPORTED)
	public long countWithoutTransaction() {
		return this.jdbc.queryForList("SELECT id FROM note").size();
	}

}
