package io.tandem.dbrouter.metrics;

import io.tandem.dbrouter.topology.SemiSync;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class TopologyMetricsTests {

	/** Members of a group have it off: an alert on 0 would never be silent. */
	@ParameterizedTest
	@EnumSource(names = { "OFF", "UNKNOWN" })
	void semiSynchronousReplicationThatIsNotUsedOrNotKnownIsNoNumber(SemiSync semiSync) {
		assertThat(TopologyMetrics.waits(semiSync)).isNaN();
	}

	@ParameterizedTest
	@EnumSource(names = { "NO_REPLICA", "FALLEN_BACK" })
	void semiSynchronousReplicationThatDoesNotWorkIsZero(SemiSync semiSync) {
		assertThat(TopologyMetrics.waits(semiSync)).isZero();
	}

	@Test
	void semiSynchronousReplicationThatWorksIsOne() {
		assertThat(TopologyMetrics.waits(SemiSync.ACTIVE)).isOne();
	}

}
