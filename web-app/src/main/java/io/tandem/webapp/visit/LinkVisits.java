package io.tandem.webapp.visit;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.Immutable;

/**
 * The visits of one link, for queries; {@link VisitWriter} writes them.
 */
@Entity
@Immutable
class LinkVisits {

	@Id
	long linkId;

	long visits;

}
