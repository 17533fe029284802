package io.tandem.cluster.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code ./tandem}: starts, inspects, breaks and heals a cluster on this machine.
 */
@Command(name = "tandem", mixinStandardHelpOptions = true, versionProvider = Tandem.Version.class,
		synopsisSubcommandLabel = "COMMAND",
		description = "Runs a whole web infrastructure on this machine: two gateways, two web-apps,"
				+ " a MySQL primary and its replica, or a replication group of three.",
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = {
				"0:done; status: every node is up", "1:it failed; the message says why", "2:the command line was wrong",
				"3:status, load, tour: the cluster is not running or not healthy", "130:it was interrupted (Ctrl+C)" },
		footerHeading = "%nEnvironment:%n",
		footer = { "  TANDEM_HTTP_PORT, TANDEM_GATEWAY_1_MANAGEMENT_PORT, TANDEM_WEB_APP_1_PORT, ...  other ports",
				"  TANDEM_MYSQL_HOME  a MySQL 8.4 or newer to use     TANDEM_JAVA_HOME  a JDK 25 to use",
				"  TANDEM_STATE       another place for .tandem       NO_COLOR          no colours" },
		subcommands = { UpCommand.class, StatusCommand.class, NodeCommands.Stop.class, NodeCommands.Start.class,
				NodeCommands.Kill.class, NodeCommands.Restart.class, NodeCommands.Promote.class, LogsCommand.class,
				LoadCommand.class, TourCommand.class, DownCommand.class })
public final class Tandem implements Runnable {

	/** It worked. */
	static final int OK = 0;

	/** It failed. */
	static final int FAILED = 1;

	/** The cluster is not running or not healthy. */
	static final int NOT_HEALTHY = 3;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	private final Workplace workplace;

	Tandem(Workplace workplace) {
		this.workplace = workplace;
	}

	/**
	 * Runs one command and ends the JVM with its exit code.
	 * @param arguments the command line
	 */
	public static void main(String[] arguments) {
		PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
		PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
		System.exit(run(Workplace.of(System.getenv()), out, err, arguments));
	}

	static int run(Workplace workplace, PrintWriter out, PrintWriter err, String... arguments) {
		ColorScheme errors = colours(workplace.errorColours());
		CommandLine tandem = new CommandLine(new Tandem(workplace)).setOut(out)
			.setErr(err)
			.setColorScheme(colours(workplace.colours()))
			.setExecutionExceptionHandler((failure, command, parsed) -> {
				command.getErr().println(errors.errorText(Failure.describe(failure)));
				return FAILED;
			});
		IParameterExceptionHandler misuse = tandem.getParameterExceptionHandler();
		return tandem.setParameterExceptionHandler((failure, words) -> {
			failure.getCommandLine().setColorScheme(errors);
			return misuse.handleParseException(failure, words);
		}).execute(arguments);
	}

	private static ColorScheme colours(boolean wanted) {
		return CommandLine.Help.defaultColorScheme(wanted ? Ansi.ON : Ansi.OFF);
	}

	@Override
	public void run() {
		throw new ParameterException(this.spec.commandLine(), "A command is missing");
	}

	Workplace workplace() {
		return this.workplace;
	}

	/** Tells the version that the build wrote into the jar. */
	static final class Version implements IVersionProvider {

		@Override
		public String[] getVersion() {
			String version = Tandem.class.getPackage().getImplementationVersion();
			return new String[] { "tandem " + ((version != null) ? version : "(not packaged)"),
					"Java " + Runtime.version() };
		}

	}

}
