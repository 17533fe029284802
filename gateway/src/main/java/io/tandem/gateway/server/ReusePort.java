package io.tandem.gateway.server;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.UnixChannelOption;
import io.tandem.gateway.setting.SettingException;
import reactor.netty.http.server.HttpServer;

/**
 * Lets several gateways listen on one port of one machine: the Linux kernel spreads new
 * connections over them and leaves out a process that has died.
 */
final class ReusePort {

	private ReusePort() {
	}

	static void requireAvailable() {
		Throwable cause = Epoll.unavailabilityCause();
		if (cause != null) {
			throw new SettingException(
					"tandem.gateway.reuse-port=true needs Linux with Netty's epoll transport, which is not available here: "
							+ cause,
					"Remove tandem.gateway.reuse-port and run one gateway on this machine.");
		}
	}

	static HttpServer customize(HttpServer server) {
		return server.option(UnixChannelOption.SO_REUSEPORT, true);
	}

}
