package io.tandem.gateway.shutdown;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Linux which of the processes that share a port gets its new connections
 * ({@code SO_ATTACH_REUSEPORT_CBPF}, socket(7)). Closing a listener resets the
 * connections that wait to be accepted; so they have to go elsewhere before.
 */
final class PortHandover {

	private static final Logger logger = LoggerFactory.getLogger(PortHandover.class);

	private static final int SOL_SOCKET = 1;

	/** Size of {@code struct sock_fprog}. */
	private static final int PROGRAM = 16;

	private static final RawUnixChannelOption ATTACH = new RawUnixChannelOption("SO_ATTACH_REUSEPORT_CBPF", SOL_SOCKET,
			51, PROGRAM);

	private static final IntegerUnixChannelOption DETACH = new IntegerUnixChannelOption("SO_DETACH_REUSEPORT_BPF",
			SOL_SOCKET, 68);

	/** "Return the constant", of classic BPF. */
	private static final short RETURN = 0x06;

	private PortHandover() {
	}

	/**
	 * Gives all new connections to the listener with this number in the kernel's list. A
	 * number that nobody has changes nothing.
	 * @return whether the kernel agreed
	 */
	static boolean giveTo(int number, Channel listener) {
		try (Arena arena = Arena.ofConfined()) {
			// struct sock_filter: code, two jumps, constant
			MemorySegment instruction = arena.allocate(8, 8);
			instruction.set(ValueLayout.JAVA_SHORT, 0, RETURN);
			instruction.set(ValueLayout.JAVA_INT, 4, number);
			// struct sock_fprog: length, address
			MemorySegment program = arena.allocate(PROGRAM, 8);
			program.set(ValueLayout.JAVA_SHORT, 0, (short) 1);
			program.set(ValueLayout.JAVA_LONG, 8, instruction.address());
			return listener.config().setOption(ATTACH, program.asByteBuffer());
		}
		catch (ChannelException ex) {
			logger.debug("New connections cannot be handed over", ex);
			return false;
		}
	}

	/** Spreads new connections over all listeners, as without a program. */
	static void giveToAll(Channel listener) {
		try {
			listener.config().setOption(DETACH, 0);
		}
		catch (ChannelException ex) {
			logger.trace("There was no program", ex);
		}
	}

}
