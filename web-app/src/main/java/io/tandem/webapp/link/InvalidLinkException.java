package io.tandem.webapp.link;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown for a wish that cannot be fulfilled as it is.
 */
public final class InvalidLinkException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<Fault> faults;

	InvalidLinkException(List<Fault> faults) {
		super(faults.stream().map(Fault::detail).collect(Collectors.joining(" ")));
		this.faults = List.copyOf(faults);
	}

	/**
	 * Returns everything that is wrong.
	 * @return at least one fault
	 */
	public List<Fault> faults() {
		return this.faults;
	}

	/**
	 * One thing that is wrong.
	 *
	 * @param field {@code url} or {@code code}
	 * @param detail what is wrong, in a sentence for the author
	 */
	public record Fault(String field, String detail) {
	}

}
