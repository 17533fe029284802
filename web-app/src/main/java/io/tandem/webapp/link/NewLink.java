package io.tandem.webapp.link;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A checked wish for a link.
 *
 * @param url where the link leads
 * @param code the wished code, {@code null} for a random one
 * @param idempotencyKey the client's name for this wish, {@code null} if each is a new
 * one
 */
public record NewLink(TargetUrl url, @Nullable ShortCode code, @Nullable IdempotencyKey idempotencyKey) {

	/**
	 * Checks what the client sent.
	 * @param url where the link leads
	 * @param code the wished code; none if {@code null} or empty
	 * @param idempotencyKey the client's name for this wish or {@code null}
	 * @param ownAddress the shortener's public address, to which no link may lead
	 * @return the checked wish
	 * @throws InvalidLinkException with everything that is wrong
	 */
	public static NewLink of(@Nullable String url, @Nullable String code, @Nullable IdempotencyKey idempotencyKey,
			URI ownAddress) {
		List<InvalidLinkException.Fault> faults = new ArrayList<>();
		TargetUrl target = parse("url", (url != null) ? url : "", TargetUrl::parse, faults);
		if (target != null && target.leadsTo(ownAddress)) {
			faults.add(new InvalidLinkException.Fault("url",
					"The URL leads to this shortener itself: a short link to a short link can go round in circles."));
		}
		ShortCode wished = null;
		if (code != null && !code.isEmpty()) {
			wished = parse("code", code, ShortCode::new, faults);
			if (wished != null && wished.isReserved()) {
				faults.add(new InvalidLinkException.Fault("code", "This code is reserved. Choose another one."));
			}
		}
		if (target == null || !faults.isEmpty()) {
			throw new InvalidLinkException(faults);
		}
		return new NewLink(target, wished, idempotencyKey);
	}

	/**
	 * Returns the hash by which a repeated request is told from a different one with the
	 * same key.
	 */
	byte[] hash() {
		return Hash.of(this.url + "\n" + ((this.code != null) ? this.code : ""));
	}

	private static <T> @Nullable T parse(String field, String text, Function<String, T> parser,
			List<InvalidLinkException.Fault> faults) {
		try {
			return parser.apply(text);
		}
		catch (IllegalArgumentException ex) {
			faults.add(new InvalidLinkException.Fault(field, String.valueOf(ex.getMessage())));
			return null;
		}
	}

}
