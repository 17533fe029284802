package io.tandem.gateway.balance;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What an operator has set for one instance; null where nothing is.
 *
 * @param weight 0 to 256
 */
public record Orders(@Nullable Integer weight, @Nullable AdminState state) {

	public static final Orders NONE = new Orders(null, null);

	public Orders {
		if (weight != null && (weight < 0 || weight > Instance.MAX_WEIGHT)) {
			throw new IllegalArgumentException("A weight is between 0 and " + Instance.MAX_WEIGHT + ", not " + weight);
		}
	}

	/** What is set. */
	List<String> names() {
		List<String> names = new ArrayList<>();
		if (weight != null) {
			names.add("weight");
		}
		if (state != null) {
			names.add("state");
		}
		return List.copyOf(names);
	}

}
