package io.tandem.webapp.link;

import java.util.List;
import java.util.Optional;

import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/**
 * The stored links.
 */
interface LinkRepository extends Repository<Link, Long> {

	Link save(Link link);

	void delete(Link link);

	Optional<Link> findByCode(String code);

	Optional<Link> findByIdempotencyKeyHash(byte[] hash);

	@Query("select new io.tandem.webapp.link.LinkTarget(l.id, l.url) from Link l where l.code = :code")
	Optional<LinkTarget> findTarget(String code);

	@Query("""
			select new io.tandem.webapp.link.LinkView(l.id, l.code, l.url, coalesce(v.visits, 0), l.createdAt)
			from Link l left join LinkVisits v on v.linkId = l.id
			where l.code = :code
			""")
	Optional<LinkView> findView(String code);

	@Query("""
			select new io.tandem.webapp.link.LinkView(l.id, l.code, l.url, coalesce(v.visits, 0), l.createdAt)
			from Link l left join LinkVisits v on v.linkId = l.id
			where l.id < :before
			order by l.id desc
			""")
	List<LinkView> findNewest(long before, Limit limit);

}
