package io.tandem.gateway.firewall;

import java.net.InetAddress;
import java.util.Arrays;

import io.netty.util.NetUtil;

/**
 * A network in CIDR notation: an address and the number of leading bits that its members
 * share, all of them if there is no number. IPv4 addresses mapped to IPv6
 * ({@code ::ffff:10.1.2.3}) are IPv4 addresses.
 */
public final class Cidr {

	private static final int MAPPED_BITS = 96;

	private final byte[] first;

	private final byte[] last;

	private final int bits;

	private Cidr(byte[] first, byte[] last, int bits) {
		this.first = first;
		this.last = last;
		this.bits = bits;
	}

	/**
	 * Reads a network.
	 * @throws IllegalArgumentException if the text is none
	 */
	public static Cidr parse(String text) {
		int slash = text.indexOf('/');
		byte[] written = bytes((slash != -1) ? text.substring(0, slash) : text, text);
		byte[] address = unmapped(written);
		int bits = (slash != -1) ? number(text, slash, written.length * 8) : written.length * 8;
		if (address.length != written.length) {
			bits -= MAPPED_BITS;
		}
		if (bits < 0) {
			throw new IllegalArgumentException("'" + text + "' mixes IPv4 and IPv6 addresses.");
		}
		byte[] first = address.clone();
		byte[] last = address.clone();
		for (int bit = bits; bit < address.length * 8; bit++) {
			int mask = 0x80 >> (bit % 8);
			first[bit / 8] &= (byte) ~mask;
			last[bit / 8] |= (byte) mask;
		}
		return new Cidr(first, last, bits);
	}

	/** Whether the text is a network. */
	public static boolean isValid(String text) {
		try {
			parse(text);
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static byte[] bytes(String address, String text) {
		byte[] bytes = (address.indexOf('%') == -1) ? NetUtil.createByteArrayFromIpAddressString(address) : null;
		if (bytes == null) {
			throw new IllegalArgumentException(
					"'" + text + "' is no network: write 10.0.0.0/8, fd00::/8 or an address.");
		}
		return bytes;
	}

	private static int number(String text, int slash, int most) {
		String digits = text.substring(slash + 1);
		int bits = digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : -1;
		if (bits < 0 || bits > most) {
			throw new IllegalArgumentException(
					"'" + text + "' is no network: the number after the slash is between 0 and " + most + ".");
		}
		return bits;
	}

	/**
	 * The bytes of an address, four of them if it is an IPv4 address in whatever form.
	 */
	static byte[] bytes(InetAddress address) {
		return unmapped(address.getAddress());
	}

	private static byte[] unmapped(byte[] address) {
		if (address.length != 16 || address[10] != -1 || address[11] != -1) {
			return address;
		}
		for (int i = 0; i < 10; i++) {
			if (address[i] != 0) {
				return address;
			}
		}
		return Arrays.copyOfRange(address, 12, 16);
	}

	byte[] first() {
		return first;
	}

	byte[] last() {
		return last;
	}

	/** In the shortest usual form. */
	@Override
	public String toString() {
		return NetUtil.bytesToIpAddress(first) + "/" + bits;
	}

}
