package io.tandem.dbrouter.app;

import java.util.List;

import io.tandem.dbrouter.ConsistencyLevel;
import io.tandem.dbrouter.ReadConsistency;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.transaction.annotation.Transactional;

public interface NoteRepository extends JpaRepository<Note, Long> {

	List<Note> findByText(String text);

	@Transactional(readOnly = true)
	@ReadConsistency(level = ConsistencyLevel.PRIMARY)
	long countByText(String text);

}
