package io.tandem.gateway.protection;

/**
 * What a Host header may say: a name, an IPv4 address or an IPv6 address in brackets, and
 * perhaps a port.
 */
final class HostRule {

	private static final int LONGEST_NAME = 253;

	private static final int LONGEST_ADDRESS = 45;

	private static final int LONGEST_PORT = 5;

	private HostRule() {
	}

	static boolean accepts(CharSequence host) {
		int end;
		if (!host.isEmpty() && host.charAt(0) == '[') {
			end = 1;
			while (end < host.length() && isAddress(host.charAt(end))) {
				end++;
			}
			if (end < 3 || end > LONGEST_ADDRESS + 1 || end == host.length() || host.charAt(end) != ']') {
				return false;
			}
			end++;
		}
		else {
			end = 0;
			while (end < host.length() && isName(host.charAt(end))) {
				end++;
			}
			if (end == 0 || end > LONGEST_NAME) {
				return false;
			}
		}
		return end == host.length() || isPort(host, end);
	}

	private static boolean isPort(CharSequence host, int colon) {
		int digits = host.length() - colon - 1;
		if (host.charAt(colon) != ':' || digits < 1 || digits > LONGEST_PORT) {
			return false;
		}
		for (int i = colon + 1; i < host.length(); i++) {
			if (!isDigit(host.charAt(i))) {
				return false;
			}
		}
		return true;
	}

	private static boolean isName(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '.' || c == '-' || c == '_';
	}

	private static boolean isAddress(char c) {
		return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
	}

	private static boolean isDigit(char c) {
		return c >= '0' && c <= '9';
	}

}
