package io.tandem.gateway.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import io.netty.util.NetUtil;

/**
 * Makes a key and a certificate that is signed with it, by the JDK's keytool, in one PEM
 * file that only its owner can read. Gateways that share the directory share the file.
 */
final class SelfSignedCertificate {

	private static final int DAYS = 3650;

	private static final String ALIAS = "gateway";

	private static final String PASSWORD = "TANDEM_STORE_PASSWORD";

	private SelfSignedCertificate() {
	}

	/**
	 * Makes the file unless it is there.
	 * @return whether it was made
	 */
	static boolean createIfMissing(Path file, List<String> names) throws IOException {
		if (Files.exists(file)) {
			return false;
		}
		Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a directory");
		Files.createDirectories(directory, mode("rwx------"));
		try (FileChannel channel = FileChannel.open(directory.resolve("gateway.lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE); FileLock lock = channel.lock()) {
			if (!lock.isValid() || Files.exists(file)) {
				return false;
			}
			create(file, directory, names);
			return true;
		}
	}

	private static void create(Path file, Path directory, List<String> names) throws IOException {
		Path work = Files.createTempDirectory(directory, "new", mode("rwx------"));
		Path store = work.resolve("store.p12");
		Path pem = work.resolve("gateway.pem");
		try {
			String password = password();
			keytool(store, password, names);
			Files.createFile(pem, mode("rw-------"));
			Files.writeString(pem, pem(store, password));
			Files.move(pem, file, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (GeneralSecurityException ex) {
			throw new IOException("keytool made a store that cannot be read", ex);
		}
		finally {
			Files.deleteIfExists(pem);
			Files.deleteIfExists(store);
			Files.delete(work);
		}
	}

	private static FileAttribute<?>[] mode(String permissions) {
		boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
		return posix
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
				: new FileAttribute<?>[0];
	}

	private static String password() {
		byte[] bytes = new byte[24];
		new SecureRandom().nextBytes(bytes);
		return Base64.getUrlEncoder().encodeToString(bytes);
	}

	private static void keytool(Path store, String password, List<String> names) throws IOException {
		String alternatives = names.stream()
			.map((name) -> (NetUtil.createByteArrayFromIpAddressString(name) != null) ? "ip:" + name : "dns:" + name)
			.collect(Collectors.joining(","));
		ProcessBuilder builder = new ProcessBuilder(
				Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-J-XX:TieredStopAtLevel=1",
				"-J-XX:+UseSerialGC", "-genkeypair", "-alias", ALIAS, "-keyalg", "EC", "-groupname", "secp256r1",
				"-sigalg", "SHA256withECDSA", "-dname", "CN=Tandem gateway", "-ext", "san=" + alternatives, "-ext",
				"eku=serverAuth", "-validity", String.valueOf(DAYS), "-storetype", "PKCS12", "-keystore",
				store.toString(), "-storepass:env", PASSWORD);
		// Not among the arguments, which every user of the machine can see.
		builder.environment().put(PASSWORD, password);
		Process process = builder.redirectErrorStream(true).start();
		String output;
		try (InputStream in = process.getInputStream()) {
			output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		if (process.onExit().join().exitValue() != 0) {
			throw new IOException("keytool failed: " + output.strip());
		}
	}

	private static String pem(Path store, String password) throws IOException, GeneralSecurityException {
		KeyStore keys = KeyStore.getInstance(store.toFile(), password.toCharArray());
		Key key = keys.getKey(ALIAS, password.toCharArray());
		return block("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()) + block("PRIVATE KEY", key.getEncoded());
	}

	private static String block(String type, byte[] content) {
		return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content)
				+ "\n-----END " + type + "-----\n";
	}

}
