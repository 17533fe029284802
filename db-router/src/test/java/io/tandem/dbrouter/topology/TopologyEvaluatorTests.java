package io.tandem.dbrouter.topology;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;

import io.tandem.dbrouter.gtid.GtidSet;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TopologyEvaluatorTests {

	private static final String UUID_1 = "11111111-0000-0000-0000-000000000000";

	private static final String UUID_2 = "22222222-0000-0000-0000-000000000000";

	private final TopologyEvaluator evaluator = new TopologyEvaluator(List.of("mysql-1", "mysql-2"),
			new EvaluationRules(Duration.ofSeconds(1), 2, new LagLimit(Duration.ofSeconds(5), 3)));

	private long now;

	private Topology topology = Topology.unknown(List.of("mysql-1", "mysql-2"));

	@Test
	void nothingIsKnownBeforeTheFirstProbe() {
		assertThat(this.topology.answersReads()).isFalse();
		assertState("mysql-1", NodeState.UNKNOWN);
	}

	@Test
	void writableNodeIsPrimaryAndReplicatingNodeIsReplica() {
		see("mysql-1", writable());
		see("mysql-2", replica("ON", true));
		assertThat(this.topology.primary()).isEqualTo("mysql-1");
		assertState("mysql-2", NodeState.REPLICA);
		assertThat(this.topology.semiSync()).isEqualTo(SemiSync.ACTIVE);
	}

	@Test
	void noPrimaryIsChosenBeforeAllNodesWereLookedAt() {
		see("mysql-1", writable());
		assertThat(this.topology.primary()).isNull();
		assertState("mysql-1", NodeState.UNKNOWN);
	}

	@Test
	void aDeadNodeCountsAsLookedAt() {
		see("mysql-1", writable());
		fail("mysql-2");
		assertThat(this.topology.primary()).isEqualTo("mysql-1");
		assertState("mysql-2", NodeState.DOWN);
	}

	@Test
	void primaryStaysWhenASecondNodeIsWritable() {
		pair();
		see("mysql-2", Seen.of(UUID_2, true, SemiSync.OFF));
		this.now += Duration.ofSeconds(2).toNanos();
		see("mysql-2", Seen.of(UUID_2, true, SemiSync.OFF));
		assertThat(this.topology.primary()).isEqualTo("mysql-1");
		assertState("mysql-2", NodeState.DETACHED);
	}

	@Test
	void twoWritableNodesFromTheStartAreNoPrimary() {
		see("mysql-1", writable());
		see("mysql-2", writable());
		assertThat(this.topology.primary()).isNull();
		assertState("mysql-1", NodeState.DETACHED);
		assertThat(this.topology.node("mysql-1").orElseThrow().reason()).contains("mysql-1, mysql-2");
	}

	@Test
	void promotedNodeTakesOverWhenThePrimaryIsDown() {
		pair();
		fail("mysql-1");
		see("mysql-2", writable());
		assertThat(this.topology.primary()).isEqualTo("mysql-2");
	}

	@Test
	void replicaThatIsNotReadOnlyIsNoPrimary() {
		see("mysql-1", writable());
		see("mysql-2", Seen.of(UUID_2, true, SemiSync.OFF, Seen.channel("", "ON", true, UUID_1, "")));
		assertThat(this.topology.primary()).isEqualTo("mysql-1");
		assertState("mysql-2", NodeState.REPLICA);
	}

	@Test
	void groupReplicationPrimaryIsPrimaryThoughItHasAChannel() {
		Channel group = Seen.channel("group_replication_applier", "ON", true, "aaaa", "");
		see("mysql-1", Seen.of(UUID_1, true, SemiSync.OFF, group));
		see("mysql-2", Seen.of(UUID_2, false, SemiSync.OFF, group));
		assertThat(this.topology.primary()).isEqualTo("mysql-1");
		assertState("mysql-2", NodeState.REPLICA);
	}

	@Test
	void replicaGoesOnWhenThePrimaryDies() {
		pair();
		fail("mysql-1");
		see("mysql-2", replica("CONNECTING", true));
		assertThat(this.topology.acceptsWrites()).isFalse();
		assertState("mysql-2", NodeState.REPLICA);
		assertThat(this.topology.answersReads()).isTrue();
	}

	@Test
	void replicaThatNoticesThePrimarysDeathFirstIsNotDetached() {
		pair();
		see("mysql-2", replica("CONNECTING", true));
		assertState("mysql-2", NodeState.REPLICA);
		fail("mysql-1");
		assertState("mysql-2", NodeState.REPLICA);
	}

	@Test
	void replicaThatHasLostALivingPrimaryIsDetached() {
		pair();
		see("mysql-2", replica("CONNECTING", true));
		this.now += Duration.ofSeconds(2).toNanos();
		see("mysql-1", writable());
		assertState("mysql-2", NodeState.DETACHED);
		see("mysql-2", replica("ON", true));
		assertState("mysql-2", NodeState.REPLICA);
	}

	@Test
	void replicaWhoseApplierStoppedIsDetachedWithItsError() {
		pair();
		see("mysql-2", Seen.of(UUID_2, false, SemiSync.OFF, Seen.channel("", "ON", false, UUID_1, "Duplicate entry")));
		assertState("mysql-2", NodeState.DETACHED);
		assertThat(this.topology.node("mysql-2").orElseThrow().lastError()).isEqualTo("Duplicate entry");
	}

	@Test
	void readOnlyNodeWithoutAChannelIsDetached() {
		pair();
		see("mysql-2", Seen.of(UUID_2, false, SemiSync.OFF));
		assertState("mysql-2", NodeState.DETACHED);
	}

	@Test
	void replicaOfAForeignServerIsDetached() {
		see("mysql-1", writable());
		see("mysql-2", Seen.of(UUID_2, false, SemiSync.OFF, Seen.channel("", "ON", true, "99999999", "")));
		assertState("mysql-2", NodeState.DETACHED);
	}

	@Test
	void nodeThatAnswersButCannotBeReadIsUnknown() {
		pair();
		this.topology = this.evaluator.accept("mysql-2", ProbeResult.unreadable("SELECT command denied", ++this.now));
		assertState("mysql-2", NodeState.UNKNOWN);
	}

	@Test
	void promotedNodeTakesOverAtOnceFromAPrimaryThatDoesNotAnswer() {
		pair();
		miss("mysql-1");
		assertThat(this.topology.primary()).isEqualTo("mysql-1");
		see("mysql-2", Seen.of(UUID_2, true, SemiSync.OFF));
		assertThat(this.topology.primary()).isEqualTo("mysql-2");
		assertState("mysql-1", NodeState.DOWN);
	}

	@Test
	void promotedNodeAnswersReadsWhileThePrimaryIsLookedAtAgain() {
		pair();
		see("mysql-2", Seen.of(UUID_2, true, SemiSync.OFF));
		assertThat(this.topology.primary()).isEqualTo("mysql-1");
		assertState("mysql-2", NodeState.REPLICA);
		assertThat(this.topology.isSplit()).isTrue();
		this.now += Duration.ofSeconds(2).toNanos();
		see("mysql-2", Seen.of(UUID_2, true, SemiSync.OFF));
		assertState("mysql-2", NodeState.DETACHED);
	}

	@Test
	void oneMissedProbeChangesNothingAndTheSecondIsTheEnd() {
		pair();
		miss("mysql-1");
		assertThat(this.topology.primary()).isEqualTo("mysql-1");
		miss("mysql-1");
		assertState("mysql-1", NodeState.DOWN);
		assertThat(this.topology.primary()).isNull();
	}

	@Test
	void answerBetweenMissedProbesCounts() {
		pair();
		miss("mysql-2");
		see("mysql-2", replica("ON", true));
		miss("mysql-2");
		assertState("mysql-2", NodeState.REPLICA);
	}

	@Test
	void nodeThatNeverAnsweredIsDownAfterOneMissedProbe() {
		miss("mysql-2");
		assertState("mysql-2", NodeState.DOWN);
	}

	@Test
	void nodesServeReadsWhileTheReplicaIsBeingPromoted() {
		pair();
		fail("mysql-1");
		see("mysql-2", replica("OFF", false));
		assertState("mysql-2", NodeState.REPLICA);
		see("mysql-2", Seen.of(UUID_2, false, SemiSync.OFF));
		assertState("mysql-2", NodeState.REPLICA);
		see("mysql-2", Seen.of(UUID_2, true, SemiSync.OFF));
		assertThat(this.topology.primary()).isEqualTo("mysql-2");
	}

	@Test
	void formerPrimaryServesReadsUntilThereIsANewOne() {
		pair();
		see("mysql-1", Seen.of(UUID_1, false, SemiSync.OFF));
		assertThat(this.topology.primary()).isNull();
		assertState("mysql-1", NodeState.REPLICA);
		see("mysql-2", Seen.of(UUID_2, true, SemiSync.OFF));
		assertState("mysql-1", NodeState.DETACHED);
	}

	@Test
	void nodeThatWasDetachedBeforeServesNoReadsWithoutAPrimary() {
		pair();
		see("mysql-2", replica("OFF", false));
		assertState("mysql-2", NodeState.DETACHED);
		fail("mysql-1");
		assertState("mysql-2", NodeState.DETACHED);
	}

	@Test
	void nodeInOfflineModeIsDetached() {
		pair();
		Server offline = new Server(UUID_1, "9.7.4", true, true, Connection.TRANSACTION_REPEATABLE_READ, 0, 0);
		see("mysql-1", new Observation(offline, new Transactions(GtidSet.EMPTY, true, true), null, List.of(),
				SemiSync.OFF, Handover.NONE));
		assertState("mysql-1", NodeState.DETACHED);
	}

	@Test
	void groupMemberWithoutMajorityIsNoPrimary() {
		Channel group = Seen.channel("group_replication_applier", "ON", true, "aaaa", "");
		Observation seen = Seen.of(UUID_1, true, SemiSync.OFF, group);
		see("mysql-2", replica("ON", true));
		see("mysql-1", new Observation(seen.server(), seen.transactions(), new GroupMember("ONLINE", 2, 3),
				seen.channels(), SemiSync.OFF, Handover.NONE));
		assertThat(this.topology.primary()).isNull();
		assertState("mysql-1", NodeState.DETACHED);
	}

	private void pair() {
		see("mysql-1", writable());
		see("mysql-2", replica("ON", true));
	}

	private void see(String node, Observation observation) {
		this.topology = this.evaluator.accept(node, ProbeResult.observed(observation, ++this.now));
	}

	private void miss(String node) {
		this.topology = this.evaluator.accept(node, ProbeResult.missed("Read timed out", ++this.now));
	}

	private void fail(String node) {
		this.topology = this.evaluator.accept(node, ProbeResult.refused("Connection refused", ++this.now));
	}

	private void assertState(String node, NodeState state) {
		assertThat(this.topology.node(node).orElseThrow().state()).isEqualTo(state);
	}

	private static Observation writable() {
		return Seen.of(UUID_1, true, SemiSync.ACTIVE);
	}

	private static Observation replica(String receiver, boolean applierRunning) {
		return Seen.of(UUID_2, false, SemiSync.OFF, Seen.channel("", receiver, applierRunning, UUID_1, ""));
	}

}
