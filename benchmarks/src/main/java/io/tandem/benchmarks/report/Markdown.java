package io.tandem.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A table in Markdown.
 */
public final class Markdown {

	private final List<String> lines = new ArrayList<>();

	public Markdown(String... headings) {
		row((Object[]) headings);
		row(Collections.nCopies(headings.length, "---").toArray());
	}

	public void row(Object... cells) {
		StringBuilder line = new StringBuilder("|");
		for (Object cell : cells) {
			line.append(' ').append(cell).append(" |");
		}
		this.lines.add(line.toString());
	}

	/** A number with some decimals, a dash if it was not measured. */
	public static String number(double value, int decimals) {
		return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%,." + decimals + "f", value);
	}

	/** The median and, in brackets, the range. */
	public static String range(Summary summary, int decimals) {
		return number(summary.median(), decimals) + " (" + number(summary.least(), decimals) + "-"
				+ number(summary.most(), decimals) + ")";
	}

	@Override
	public String toString() {
		return String.join("\n", this.lines) + "\n";
	}

}
