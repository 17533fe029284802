package io.tandem.cluster.network;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What went through a proxy since it began to count.
 *
 * @param connections connections opened
 * @param count commands sent
 * @param roundTrips how often a command was sent when no other one was waiting for its
 * answer; commands sent without waiting for the answer before count as one
 * @param commands the first 10,000 commands in their order
 */
public record Traffic(long connections, long count, long roundTrips, List<ClientCommand> commands) {

	public Traffic {
		commands = List.copyOf(commands);
	}

	/**
	 * The commands in words.
	 * @return the SQL of each, or its kind if it has none
	 */
	public List<String> texts() {
		return this.commands.stream().map(ClientCommand::toString).toList();
	}

	/**
	 * The commands of one connection.
	 * @param connection its number
	 * @return its commands in their order
	 */
	public List<ClientCommand> on(long connection) {
		return this.commands.stream().filter((command) -> command.connection() == connection).toList();
	}

	@Override
	public String toString() {
		return this.count + " commands in " + this.roundTrips + " round trips on " + this.connections
				+ " new connections:\n"
				+ this.commands.stream().map((command) -> "  " + command).collect(Collectors.joining("\n"));
	}

}
