package io.tandem.gateway.balance;

import java.net.InetAddress;

/**
 * Turns addresses and names into keys that are the same in every gateway.
 */
public final class ClientKey {

	/** IPv6 clients own a network of 64 bits and change addresses within it. */
	private static final int IPV6_NETWORK = 8;

	private ClientKey() {
	}

	/**
	 * The key of a client: of its address, for IPv6 of its /64 network. IPv4-mapped
	 * addresses are IPv4 addresses to Java.
	 */
	public static long of(InetAddress client) {
		byte[] address = client.getAddress();
		long key = 0;
		for (int i = 0; i < Math.min(address.length, IPV6_NETWORK); i++) {
			key = (key << 8) | (address[i] & 0xff);
		}
		return mix(key);
	}

	static long of(String name) {
		long key = 0xcbf29ce484222325L;
		for (int i = 0; i < name.length(); i++) {
			key = (key ^ name.charAt(i)) * 0x100000001b3L;
		}
		return mix(key);
	}

	/** The finalizer of SplitMix64: every bit of the input changes half of the output. */
	static long mix(long value) {
		long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
		mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
		return mixed ^ (mixed >>> 31);
	}

}
