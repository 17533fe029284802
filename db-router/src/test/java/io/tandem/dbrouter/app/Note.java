package io.tandem.dbrouter.app;

import java.util.HashSet;
import java.util.Set;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import org.jspecify.annotations.NullUnmarked;

@Entity
@NullUnmarked
public class Note {

	@Id
	private Long id;

	private String text;

	@ElementCollection
	@CollectionTable(name = "note_tag", joinColumns = @JoinColumn(name = "note_id"))
	@Column(name = "tag")
	private Set<String> tags = new HashSet<>();

	protected Note() {
	}

	public Note(long id, String text) {
		this.id = id;
		this.text = text;
	}

	public Long getId() {
		return this.id;
	}

	public String getText() {
		return this.text;
	}

	public void setText(String text) {
		this.text = text;
	}

	public Set<String> getTags() {
		return this.tags;
	}

}
