package io.tandem.webapp.link.web;

import java.net.URI;

import io.tandem.webapp.http.PublicAddress;
import io.tandem.webapp.link.CreatedLink;
import io.tandem.webapp.link.IdempotencyKey;
import io.tandem.webapp.link.LinkCommands;
import io.tandem.webapp.link.LinkCursor;
import io.tandem.webapp.link.LinkPage;
import io.tandem.webapp.link.LinkQueries;
import io.tandem.webapp.link.NewLink;
import io.tandem.webapp.link.OwnerKey;
import io.tandem.webapp.link.ShortCode;
import io.tandem.webapp.link.UnknownLinkException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The links as JSON.
 */
@RestController
@RequestMapping("/api/links")
class LinkController {

	private static final int MAX_LIMIT = 100;

	private final LinkQueries queries;

	private final LinkCommands commands;

	LinkController(LinkQueries queries, LinkCommands commands) {
		this.queries = queries;
		this.commands = commands;
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<LinkResponse> create(@RequestBody LinkRequest body,
			@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
			HttpServletRequest request) {
		PublicAddress address = PublicAddress.of(request);
		IdempotencyKey key = (idempotencyKey != null)
				? Parameters.parse("Idempotency-Key", idempotencyKey, IdempotencyKey::new) : null;
		CreatedLink created = this.commands.create(NewLink.of(body.url(), body.code(), key, address.uri()));
		URI location = address.uri().resolve("/api/links/" + created.link().code());
		ResponseEntity.BodyBuilder answer = ResponseEntity.created(location).cacheControl(CacheControl.noStore());
		if (created.replayed()) {
			answer.header("Idempotency-Replayed", "true");
		}
		return answer.body(LinkResponse.of(created, address));
	}

	@GetMapping("/{code:" + ShortCode.PATTERN + "}")
	ResponseEntity<LinkResponse> get(@PathVariable ShortCode code, HttpServletRequest request) {
		LinkResponse link = this.queries.find(code)
			.map((found) -> LinkResponse.of(found, PublicAddress.of(request)))
			.orElseThrow(() -> new UnknownLinkException(code));
		return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(link);
	}

	@GetMapping
	ResponseEntity<LinkListResponse> list(@RequestParam(defaultValue = "20") int limit,
			@RequestParam(required = false) @Nullable String after, HttpServletRequest request) {
		if (limit < 1 || limit > MAX_LIMIT) {
			throw new InvalidParameterException("limit", "The limit must be from 1 to " + MAX_LIMIT + ".");
		}
		LinkCursor cursor = Parameters.parse("after", after, LinkCursor::parse);
		PublicAddress address = PublicAddress.of(request);
		LinkPage page = this.queries.list(cursor, limit);
		ResponseEntity.BodyBuilder answer = ResponseEntity.ok().cacheControl(CacheControl.noStore());
		if (page.next() != null) {
			answer.header(HttpHeaders.LINK,
					"<%s/api/links?limit=%d&after=%s>; rel=\"next\"".formatted(address.uri(), limit, page.next()));
		}
		return answer.body(LinkListResponse.of(page, address));
	}

	@DeleteMapping("/{code:" + ShortCode.PATTERN + "}")
	ResponseEntity<Void> delete(@PathVariable ShortCode code,
			@RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
		this.commands.delete(code, bearer(authorization));
		return ResponseEntity.noContent().build();
	}

	private static OwnerKey bearer(@Nullable String authorization) {
		if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
			throw new OwnerKeyMissingException();
		}
		return new OwnerKey(authorization.substring(7).strip());
	}

}
