package io.tandem.cluster.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import io.tandem.cluster.Cluster;
import io.tandem.cluster.Node;
import io.tandem.cluster.load.Verdict;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * What all commands share.
 */
abstract class ClusterCommand implements Callable<Integer> {

	@ParentCommand
	private Tandem tandem = new Tandem(Workplace.of(System.getenv()));

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Explain this command.")
	private boolean help;

	boolean helpRequested() {
		return this.help;
	}

	PrintWriter out() {
		return this.spec.commandLine().getOut();
	}

	PrintWriter err() {
		return this.spec.commandLine().getErr();
	}

	Workplace workplace() {
		return this.tandem.workplace();
	}

	Cluster cluster() throws IOException {
		return workplace().cluster();
	}

	Node node(Cluster cluster, String name) {
		return Node.of(name)
			.filter((node) -> cluster.nodes().contains(node))
			.orElseThrow(() -> misused("There is no node '" + name + "'. The nodes are: "
					+ cluster.nodes().stream().map(Node::id).collect(Collectors.joining(", "))));
	}

	/** The command line is wrong; the usage is shown with the message. */
	ParameterException misused(String message) {
		return new ParameterException(this.spec.commandLine(), message);
	}

	/** Says what was found of the acknowledged links. */
	int conclude(Verdict verdict) {
		print(painted(verdict.isGood() ? Paint.GOOD : Paint.BAD, LoadReport.verdict(verdict)));
		return verdict.isGood() ? Tandem.OK : Tandem.FAILED;
	}

	/** Says what is being done. */
	void progress(String line) {
		print(line + " ...");
	}

	void print(String line) {
		out().println(line);
		out().flush();
	}

	/** Whether nobody reads the output any more, as after {@code | head}. */
	boolean isOutputGone() {
		return out().checkError();
	}

	String painted(Paint paint, String text) {
		return workplace().colours() ? paint.on(text) : text;
	}

}
