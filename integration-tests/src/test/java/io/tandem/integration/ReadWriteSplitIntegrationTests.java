package io.tandem.integration;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Tag("containers")
@ExtendWith(SharedCluster.class)
class ReadWriteSplitIntegrationTests {

	@Test
	void thousandRedirectsExecuteOnTheReplicaAndNotOneSelectOnThePrimary(TestCluster cluster) throws Exception {
		LinkClient client = cluster.client();
		String code = client.create("https://example.com/redirects");
		cluster.awaitReplicaCaughtUp();
		StatementCounts primary = cluster.counts("mysql-1");
		StatementCounts replica = cluster.counts("mysql-2");
		for (int i = 0; i < 1_000; i++) {
			HttpResponse<String> response = client.get("/" + code);
			assertThat(response.statusCode()).isEqualTo(302);
			assertThat(LinkClient.serverTiming(response)).contains("mysql-2 replica");
		}
		assertThat(cluster.counts("mysql-1").since(primary).selects()).isZero();
		assertThat(cluster.counts("mysql-2").since(replica).selects()).isGreaterThanOrEqualTo(1_000);
	}

	@Test
	void listingsExecuteOnTheReplicaAndNotOneSelectOnThePrimary(TestCluster cluster) throws Exception {
		LinkClient client = cluster.client();
		client.create("https://example.com/listings");
		StatementCounts primary = cluster.counts("mysql-1");
		StatementCounts replica = cluster.counts("mysql-2");
		for (int i = 0; i < 20; i++) {
			assertThat(client.get("/api/links?limit=5").statusCode()).isEqualTo(200);
			assertThat(client.get("/").statusCode()).isEqualTo(200);
		}
		assertThat(cluster.counts("mysql-1").since(primary).selects()).isZero();
		assertThat(cluster.counts("mysql-2").since(replica).selects()).isGreaterThanOrEqualTo(40);
	}

	@Test
	void writesExecuteOnThePrimaryAndNotOneOnTheReplica(TestCluster cluster) throws Exception {
		LinkClient client = cluster.client();
		StatementCounts primary = cluster.counts("mysql-1");
		StatementCounts replica = cluster.counts("mysql-2");
		for (int i = 0; i < 20; i++) {
			HttpResponse<String> response = client.shorten("https://example.com/writes/" + i);
			assertThat(response.statusCode()).isEqualTo(201);
			assertThat(LinkClient.serverTiming(response)).contains("mysql-1 primary");
		}
		assertThat(cluster.counts("mysql-1").since(primary).writes()).isGreaterThanOrEqualTo(20);
		assertThat(cluster.counts("mysql-2").since(replica).writes()).isZero();
	}

	@Test
	void rowWrittenThroughOneInstanceArrivesOnTheReplicaAndIsServedByTheOther(TestCluster cluster) throws Exception {
		LinkClient first = cluster.instanceClient("web-app-1");
		LinkClient second = cluster.instanceClient("web-app-2");
		String code = first.create("https://example.com/arrives");
		cluster.awaitReplicaCaughtUp();
		try (Connection connection = cluster.connect("mysql-2");
				PreparedStatement statement = connection
					.prepareStatement("SELECT url FROM tandem.link WHERE code = ?")) {
			statement.setString(1, code);
			try (ResultSet row = statement.executeQuery()) {
				assertThat(row.next()).isTrue();
				assertThat(row.getString(1)).isEqualTo("https://example.com/arrives");
			}
		}
		HttpResponse<String> redirect = second.get("/" + code);
		assertThat(redirect.headers().firstValue("Location")).contains("https://example.com/arrives");
		assertThat(LinkClient.servedBy(redirect)).isEqualTo("web-app-2");
	}

	@Test
	void otherInstanceKnowsALinkAtOnceFromTheReplica(TestCluster cluster) throws Exception {
		LinkClient first = cluster.instanceClient("web-app-1");
		LinkClient second = cluster.instanceClient("web-app-2");
		int pairs = 200;
		int onReplica = 0;
		for (int i = 0; i < pairs; i++) {
			HttpResponse<String> created = first.shorten("https://example.com/at-once/" + i);
			String code = LinkClient.json(created).get("code").asString();
			HttpResponse<String> redirect = second.get("/" + code, LinkClient.token(created));
			assertThat(redirect.statusCode()).as("link %s of pair %d", code, i).isEqualTo(302);
			onReplica += LinkClient.serverTiming(redirect).contains("mysql-2 replica") ? 1 : 0;
		}
		assertThat(onReplica).isGreaterThanOrEqualTo(pairs * 9 / 10);
	}

	@Test
	void tokenPassesTheGatewayInBothDirections(TestCluster cluster) throws Exception {
		LinkClient client = cluster.client();
		for (int i = 0; i < 20; i++) {
			HttpResponse<String> created = client.shorten("https://example.com/gateway/" + i);
			assertThat(created.headers().allValues("Set-Cookie"))
				.anyMatch((cookie) -> cookie.startsWith("Tandem-Consistency=" + LinkClient.token(created))
						&& cookie.contains("HttpOnly"));
			String code = LinkClient.json(created).get("code").asString();
			assertThat(client.get("/" + code, LinkClient.token(created)).statusCode()).isEqualTo(302);
		}
	}

	@Test
	void visitsThroughBothInstancesAddUp(TestCluster cluster) throws Exception {
		LinkClient client = cluster.client();
		String code = client.create("https://example.com/visits");
		cluster.awaitReplicaCaughtUp();
		for (int i = 0; i < 50; i++) {
			client.get("/" + code);
		}
		await().atMost(Duration.ofSeconds(10))
			.untilAsserted(() -> assertThat(LinkClient.json(client.get("/api/links/" + code)).get("visits").asLong())
				.isEqualTo(50));
	}

}
