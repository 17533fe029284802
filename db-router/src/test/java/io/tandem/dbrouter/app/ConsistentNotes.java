package io.tandem.dbrouter.app;

import io.tandem.dbrouter.ConsistencyLevel;
import io.tandem.dbrouter.OnTimeout;
import io.tandem.dbrouter.ReadConsistency;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Says for each read whether it finds a note, and what it wants to be sure of. */
@Service
@Transactional(readOnly = true)
@ReadConsistency(level = ConsistencyLevel.EVENTUAL)
public class ConsistentNotes {

	private final NoteRepository repository;

	ConsistentNotes(NoteRepository repository) {
		this.repository = repository;
	}

	public boolean eventual(long id) {
		return this.repository.existsById(id);
	}

	@ReadConsistency
	public boolean standard(long id) {
		return this.repository.existsById(id);
	}

	@ReadConsistency(level = ConsistencyLevel.INSTANCE)
	public boolean instance(long id) {
		return this.repository.existsById(id);
	}

	@ReadConsistency(level = ConsistencyLevel.PRIMARY)
	public boolean primary(long id) {
		return this.repository.existsById(id);
	}

	@ReadConsistency(onTimeout = OnTimeout.STALE)
	public boolean ratherStale(long id) {
		return this.repository.existsById(id);
	}

	@ReadConsistency(onTimeout = OnTimeout.FAIL)
	public boolean ratherNot(long id) {
		return this.repository.existsById(id);
	}

	@ReadConsistency(maxWait = "0")
	public boolean withoutWaiting(long id) {
		return this.repository.existsById(id);
	}

	@ReadConsistency(maxWait = "10s")
	public boolean patient(long id) {
		return this.repository.existsById(id);
	}

}
