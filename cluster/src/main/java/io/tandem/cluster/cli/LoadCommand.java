package io.tandem.cluster.cli;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

import io.tandem.cluster.load.Figures;
import io.tandem.cluster.load.Load;
import io.tandem.cluster.load.LoadPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * Sends mixed traffic.
 */
@Command(name = "load",
		description = "Sends mixed traffic, shows figures every second, and looks at the end whether every"
				+ " acknowledged link is there; of more than a million, the last ones. Ctrl+C ends the traffic, not the look.",
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:every acknowledged link is there, whatever else failed",
				"1:a link is lost or could not be looked for, or none was acknowledged", "2:the command line was wrong",
				"3:the cluster is not running", "130:it was interrupted (Ctrl+C), whatever was found" })
final class LoadCommand extends ClusterCommand {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	/**
	 * For the look at the links after Ctrl+C, which ends by itself where nobody answers.
	 * A million links take minutes.
	 */
	private static final Duration END = Duration.ofHours(1);

	@Option(names = "--rate", defaultValue = "100",
			description = "Requests a second, whatever the answers (default: ${DEFAULT-VALUE}).")
	private int rate;

	@Option(names = "--reads", defaultValue = "90",
			description = "How many of a hundred follow a link; the others create one (default: ${DEFAULT-VALUE}).")
	private int reads;

	@Option(names = "--duration", defaultValue = "30s", converter = DurationConverter.class,
			description = "For how long, such as 30s or 5m (default: ${DEFAULT-VALUE}).")
	private Duration duration = Duration.ZERO;

	@Option(names = "--clients", defaultValue = "16",
			description = "Clients, each with one request under way (default: ${DEFAULT-VALUE}).")
	private int clients;

	@Option(names = "--url", description = "Where to send it (default: the cluster that ./tandem up has started).")
	private @Nullable URI url;

	@Option(names = "--keep", description = "Keep the links; else they are deleted in the end.")
	private boolean keep;

	@Override
	public Integer call() throws Exception {
		URI target = this.url;
		if (target == null) {
			if (!workplace().isUsed() || cluster().runningNodes().isEmpty()) {
				err().println("tandem: the cluster is not running. Start it with: ./tandem up");
				return Tandem.NOT_HEALTHY;
			}
			target = cluster().httpUri();
		}
		return send(plan(target));
	}

	private LoadPlan plan(URI target) {
		try {
			return new LoadPlan(target, this.rate, this.reads, this.duration, this.clients);
		}
		catch (IllegalArgumentException ex) {
			throw misused(String.valueOf(ex.getMessage()));
		}
	}

	private int send(LoadPlan plan) throws Exception {
		try (Load load = Load.start(plan)) {
			return Interruption.handle(load::stop, END, () -> follow(load));
		}
	}

	private int follow(Load load) throws InterruptedException {
		out().println(LoadReport.HEADING);
		long begin = System.nanoTime();
		boolean more;
		do {
			more = load.goesOnFor(INTERVAL);
			print(LoadReport.line(Duration.ofNanos(System.nanoTime() - begin), load.interval()));
		}
		while (more && !isOutputGone());
		Figures figures = load.end();
		print("");
		print(LoadReport.summary(figures));
		int result = conclude(load.check());
		long left = this.keep ? 0 : load.delete();
		if (left > 0) {
			print(left + " links could not be deleted.");
		}
		return result;
	}

	/** Reads 30s, 5m and ISO 8601. */
	static final class DurationConverter implements ITypeConverter<Duration> {

		@Override
		public Duration convert(String text) {
			try {
				return Duration.parse(text.toUpperCase(Locale.ROOT).startsWith("P") ? text : "PT" + text);
			}
			catch (DateTimeParseException ex) {
				throw new TypeConversionException("'" + text + "' is no duration such as 30s or 5m");
			}
		}

	}

}
