package io.tandem.dbrouter.autoconfigure;

import java.time.Duration;
import java.util.Map;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of db-router.
 *
 * @param enabled whether db-router provides the data source when nodes are configured
 * @param username user name of the application's account, the same on every node
 * @param password password of the application's account
 * @param nodes database nodes by name; which one is the primary is found out
 * @param monitor account of the probes; the application's unless set
 * @param migration account of Flyway's migrations; the application's unless set
 * @param topology where the nodes come from
 * @param admin account that may change the servers' roles, for planned switchovers only;
 * without it there are none
 * @param probe how the nodes are watched
 * @param lag how far a replica may be behind
 * @param failover what happens while there is no primary
 * @param pool the connection pool of each node
 * @param connector how a node is connected to
 * @param reads how reads are done
 * @param transactions what transactions must keep to
 */
@Validated
@ConfigurationProperties("db-router")
record DbRouterProperties(@DefaultValue("true") boolean enabled, @NotBlank String username,
		@DefaultValue("") String password, @DefaultValue Map<String, @Valid Node> nodes,
		@Valid @Nullable OtherAccount monitor, @Valid @Nullable OtherAccount migration,
		@Valid @DefaultValue Discovery topology, @Valid @Nullable Admin admin, @Valid @DefaultValue Probe probe,
		@Valid @DefaultValue Lag lag, @Valid @DefaultValue Failover failover, @Valid @DefaultValue Pool pool,
		@Valid @DefaultValue Connector connector, @Valid @DefaultValue Reads reads,
		@DefaultValue Transactions transactions) {

	@Override
	public String toString() {
		return "DbRouterProperties[nodes=" + this.nodes + "]";
	}

	/**
	 * A database node.
	 *
	 * @param url JDBC URL of the node, such as jdbc:mysql://db-1:3306/app; its parameters
	 * are kept
	 * @param weight share of the reads the node gets, compared with the other replicas
	 */
	record Node(@NotBlank String url, @Min(1) @Max(1000) @DefaultValue("1") int weight) {
	}

	/**
	 * An account for a purpose of its own.
	 *
	 * @param username user name of the account
	 * @param password password of the account
	 */
	record OtherAccount(@NotBlank String username, @DefaultValue("") String password) {

		@Override
		public String toString() {
			return this.username;
		}

	}

	/**
	 * Where the nodes come from.
	 *
	 * @param provider whether the configured nodes are all there are, the first members
	 * of a replication group to ask, or host names each address of which is a node
	 * @param refresh time between two questions for the nodes
	 */
	record Discovery(@DefaultValue("configured") Provider provider,
			@DurationMin(millis = 100) @DurationMax(hours = 1) @DefaultValue("5s") Duration refresh) {

		/** Where the nodes come from. */
		enum Provider {

			/** The configured nodes and no others. */
			CONFIGURED,

			/** The members of the configured nodes' replication group. */
			GROUP_REPLICATION,

			/** Each address of the configured nodes' hosts. */
			DNS

		}

	}

	/**
	 * The account of planned switchovers.
	 *
	 * @param username user name of the account
	 * @param password password of the account
	 * @param replicationUsername user name of the account with which the former primary
	 * follows the new one; without it, it stays read-only and follows nobody
	 * @param replicationPassword password of that account
	 */
	record Admin(@NotBlank String username, @DefaultValue("") String password, @Nullable String replicationUsername,
			@DefaultValue("") String replicationPassword) {

		@Override
		public String toString() {
			return this.username;
		}

	}

	/**
	 * How the nodes are watched.
	 *
	 * @param interval time between two looks at a node
	 * @param timeout longest wait for a node's answer; two thirds of it over a connection
	 * that is open already
	 * @param downAfter how many looks in a row have to be without an answer until a node
	 * counts as down and its connections are cut; the second look follows at once, so a
	 * hanging node is found after interval plus 5/3 timeouts. A refused or ended
	 * connection needs no second look
	 */
	record Probe(@DurationMin(millis = 50) @DurationMax(minutes = 1) @DefaultValue("500ms") Duration interval,
			@DurationMin(millis = 50) @DurationMax(minutes = 1) @DefaultValue("450ms") Duration timeout,
			@Min(1) @Max(100) @DefaultValue("2") int downAfter) {
	}

	/**
	 * How far a replica may be behind.
	 *
	 * @param max lag above which a replica takes no more reads; it is used again below
	 * half of that
	 * @param goodProbes how many looks in a row have to find it below half of that
	 */
	record Lag(@DurationMin(millis = 10) @DurationMax(days = 1) @DefaultValue("5s") Duration max,
			@Min(1) @Max(1000) @DefaultValue("3") int goodProbes) {
	}

	/**
	 * What happens while there is no primary.
	 *
	 * @param writeHold how long a unit of work that may write waits at its first
	 * statement for a primary
	 * @param maxWaiting how many may wait at a time; more fail at once
	 * @param drain how long a planned switchover lets transactions end that are under way
	 * @param catchUp how long a planned switchover waits for the new primary to apply
	 * what it lacks
	 */
	record Failover(@DurationMin(millis = 0) @DurationMax(minutes = 10) @DefaultValue("1500ms") Duration writeHold,
			@Min(0) @DefaultValue("200") int maxWaiting,
			@DurationMin(millis = 10) @DurationMax(minutes = 1) @DefaultValue("700ms") Duration drain,
			@DurationMin(millis = 10) @DurationMax(minutes = 1) @DefaultValue("500ms") Duration catchUp) {
	}

	/**
	 * The connection pool of each node.
	 *
	 * @param maximumSize most connections to a node
	 * @param minimumIdle connections to a node that are kept ready
	 * @param connectionTimeout longest wait for a connection
	 * @param maxLifetime age at which a connection is replaced
	 */
	record Pool(@Min(1) @Max(10_000) @DefaultValue("10") int maximumSize, @Min(0) @DefaultValue("2") int minimumIdle,
			@DurationMin(millis = 250) @DurationMax(minutes = 1) @DefaultValue("1s") Duration connectionTimeout,
			@DurationMin(seconds = 30) @DefaultValue("30m") Duration maxLifetime) {
	}

	/**
	 * How a node is connected to.
	 *
	 * @param connectTimeout longest time for connecting to a node, with the handshake
	 * @param socketTimeout longest wait for the answer to a statement
	 */
	record Connector(@DurationMin(millis = 100) @DurationMax(minutes = 1) @DefaultValue("1s") Duration connectTimeout,
			@DurationMin(millis = 500) @DefaultValue("30s") Duration socketTimeout) {
	}

	/**
	 * How reads are done.
	 *
	 * @param retry how often a method that begins a read-only transaction is called again
	 * when its node died meanwhile; 0 for never
	 * @param commit when a read-only transaction ends for its caller: as soon as its
	 * COMMIT was sent, which saves a round trip, or when the server has confirmed it.
	 * Inline also if there is a proxy before the server that takes one command at a time
	 * @param fallbackLimit how many reads may be on the primary at once because no
	 * replica could take them. Half of the pool's maximum size unless set; 0 for none
	 * @param fallbackWait longest wait of another such read for its turn
	 * @param slowStart how long a replica gets less than its share of the reads after it
	 * has come back; 0 for not at all
	 */
	record Reads(@Min(0) @Max(10) @DefaultValue("1") int retry, @DefaultValue("deferred") Commit commit,
			@Min(0) @Nullable Integer fallbackLimit,
			@DurationMin(millis = 0) @DurationMax(minutes = 1) @DefaultValue("3s") Duration fallbackWait,
			@DurationMin(millis = 0) @DurationMax(minutes = 10) @DefaultValue("10s") Duration slowStart) {

		/**
		 * When a read-only transaction ends for its caller.
		 */
		enum Commit {

			/** As soon as its COMMIT was sent. */
			DEFERRED,

			/** When the server has confirmed its COMMIT. */
			INLINE

		}

	}

	/**
	 * What transactions must keep to.
	 *
	 * @param validateNesting whether a method that may write fails when it is called
	 * within a read-only transaction, instead of losing its changes silently
	 */
	record Transactions(@DefaultValue("true") boolean validateNesting) {
	}

}
