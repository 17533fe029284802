package io.tandem.cluster.network;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A client's connection and its continuation to the server.
 */
final class ProxiedConnection {

	private final Socket client;

	private final Socket server;

	private final Conditions conditions;

	private final CommandReader commands;

	private final AtomicBoolean awaitingAnswer = new AtomicBoolean();

	ProxiedConnection(long number, Socket client, Socket server, Conditions conditions, Tally tally)
			throws IOException {
		this.client = client;
		this.server = server;
		this.conditions = conditions;
		client.setTcpNoDelay(true);
		server.setTcpNoDelay(true);
		this.commands = new CommandReader(number, (command) -> sent(command, tally));
	}

	private void sent(ClientCommand command, Tally tally) {
		boolean answered = !command.kind().equals("COM_QUIT") && !command.kind().equals("COM_STMT_CLOSE");
		tally.sent(command, answered && this.awaitingAnswer.compareAndSet(false, true));
	}

	void start(Runnable ended) {
		Stream toServer = new Stream(this.client, this.server, this.conditions, this.conditions::toServerNanos,
				this.commands::read);
		Stream toClient = new Stream(this.server, this.client, this.conditions, this.conditions::toClientNanos,
				(bytes, count) -> this.awaitingAnswer.set(false));
		Thread.ofVirtual().name("mysql-proxy-to-server").start(() -> run(toServer, () -> {
		}));
		Thread.ofVirtual().name("mysql-proxy-to-client").start(() -> run(toClient, ended));
	}

	private void run(Stream stream, Runnable ended) {
		try {
			stream.run();
		}
		catch (IOException ex) {
			close();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			ended.run();
		}
	}

	/** Ends both sides with a reset. */
	void cut() {
		for (Socket socket : new Socket[] { this.client, this.server }) {
			try {
				socket.setSoLinger(true, 0);
			}
			catch (IOException ex) {
				// It is closed already.
			}
		}
		close();
	}

	void close() {
		closeQuietly(this.client);
		closeQuietly(this.server);
	}

	static void closeQuietly(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// Nothing is lost with it.
		}
	}

}
