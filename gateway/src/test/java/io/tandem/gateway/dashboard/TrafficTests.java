package io.tandem.gateway.dashboard;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TrafficTests {

	private final TrafficView view = new TrafficView();

	@Test
	void ratesOfAllGatewaysAddUp() {
		for (String gateway : List.of("gateway-1", "gateway-2")) {
			view.update(gateway, report(gateway, 1_000, 0, 0));
			view.update(gateway, report(gateway, 2_000, 10, 1));
		}
		Series.Point point = view.point(5_999, 7.0);
		assertThat(point.time()).isEqualTo(5);
		assertThat(point.requests()).isEqualTo(20);
		assertThat(point.errors()).isEqualTo(2);
		assertThat(point.lag()).isEqualTo(7);
		assertThat(point.p50()).isPositive();
		assertThat(view.rate("gateway-2")).isEqualTo(10);
		assertThat(view.flows()).contains(new Traffic.Flow("gateway-2", "web-app-1", 10, 1));
	}

	@Test
	void gatewayThatWasStartedAnewCountsFromItsFirstReport() {
		view.update("gateway-2", report("gateway-2", 50_000, 1_000, 0));
		view.update("gateway-2", report("gateway-2", 51_000, 1_100, 0));
		view.update("gateway-2", report("gateway-2", 1_000, 5, 0));
		assertThat(view.rate("gateway-2")).isZero();
		view.update("gateway-2", report("gateway-2", 2_000, 9, 0));
		assertThat(view.rate("gateway-2")).isEqualTo(4);
	}

	@Test
	void lostGatewayHasNoTraffic() {
		view.update("gateway-2", report("gateway-2", 1_000, 0, 0));
		view.update("gateway-2", report("gateway-2", 2_000, 100, 0));
		view.update("gateway-2", null);
		assertThat(view.flows()).isEmpty();
		assertThat(view.instance("web-app-1")).isEmpty();
	}

	@Test
	void whatIsRefusedBecauseNobodyServesIsARequestAndAnError() {
		view.update("gateway-1", new TrafficReport("gateway-1", 1_000, List.of(), 10, Map.of()));
		view.update("gateway-1", new TrafficReport("gateway-1", 3_000, List.of(), 50, Map.of()));
		assertThat(view.rate("gateway-1")).isEqualTo(20);
		Series.Point point = view.point(3_000, null);
		assertThat(point.requests()).isEqualTo(20);
		assertThat(point.errors()).isEqualTo(20);
		assertThat(point.p99()).isNull();
	}

	private static TrafficReport report(String node, long at, long requests, long errors) {
		return new TrafficReport(node, at,
				List.of(new TrafficReport.Instance("web-app-1", requests, errors, true, 0, null, true)), 0,
				Map.of(40, requests));
	}

}
