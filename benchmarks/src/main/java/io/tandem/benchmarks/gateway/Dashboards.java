package io.tandem.benchmarks.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Pages of a gateway's dashboard that are open, as far as the gateway can tell: each
 * receives the snapshots of every second.
 */
final class Dashboards implements AutoCloseable {

	private static final int OPEN_WITHIN_SECONDS = 10;

	private final HttpClient client = HttpClient.newHttpClient();

	/**
	 * Opens them.
	 * @param port the gateway's management port
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // the answers do not end
	static Dashboards open(int port, int count) throws IOException, InterruptedException {
		Dashboards dashboards = new Dashboards();
		CountDownLatch open = new CountDownLatch(count);
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/dashboard/stream"))
			.build();
		for (int i = 0; i < count; i++) {
			dashboards.client.sendAsync(request, (answer) -> {
				if (answer.statusCode() == 200) {
					open.countDown();
				}
				return BodySubscribers.discarding();
			});
		}
		if (!open.await(OPEN_WITHIN_SECONDS, TimeUnit.SECONDS)) {
			dashboards.close();
			throw new IOException(open.getCount() + " of " + count + " dashboards could not be opened");
		}
		return dashboards;
	}

	@Override
	public void close() {
		this.client.shutdownNow();
	}

}
