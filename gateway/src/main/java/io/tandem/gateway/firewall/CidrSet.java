package io.tandem.gateway.firewall;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Networks to look addresses up in. The lookup takes logarithmic time: overlapping
 * networks are joined into ranges.
 */
public final class CidrSet {

	private static final int IPV4 = 4;

	/** Last address by first address of ranges that do not overlap. */
	private final TreeMap<byte[], byte[]> ipv4 = new TreeMap<>(Arrays::compareUnsigned);

	private final TreeMap<byte[], byte[]> ipv6 = new TreeMap<>(Arrays::compareUnsigned);

	private CidrSet() {
	}

	/** A set of these networks. */
	public static CidrSet of(Collection<Cidr> networks) {
		CidrSet set = new CidrSet();
		networks.stream()
			.sorted(Comparator.comparing(Cidr::first, Arrays::compareUnsigned))
			.forEach((network) -> set.add(network.first(), network.last()));
		return set;
	}

	/**
	 * A set of these networks.
	 * @throws IllegalArgumentException if one of the texts is none
	 */
	public static CidrSet parse(Collection<String> networks) {
		return of(networks.stream().map(Cidr::parse).toList());
	}

	private void add(byte[] first, byte[] last) {
		TreeMap<byte[], byte[]> ranges = (first.length == IPV4) ? ipv4 : ipv6;
		Map.Entry<byte[], byte[]> before = ranges.floorEntry(first);
		if (before == null || Arrays.compareUnsigned(before.getValue(), first) < 0) {
			ranges.put(first, last);
		}
		else if (Arrays.compareUnsigned(before.getValue(), last) < 0) {
			ranges.put(before.getKey(), last);
		}
	}

	/** Whether one of the networks has the address. */
	public boolean contains(InetAddress address) {
		byte[] bytes = Cidr.bytes(address);
		Map.Entry<byte[], byte[]> range = ((bytes.length == IPV4) ? ipv4 : ipv6).floorEntry(bytes);
		return range != null && Arrays.compareUnsigned(range.getValue(), bytes) >= 0;
	}

	/** Whether there is no network. */
	public boolean isEmpty() {
		return ipv4.isEmpty() && ipv6.isEmpty();
	}

}
