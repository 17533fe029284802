package io.tandem.dbrouter.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.tandem.dbrouter.ConsistencyLevel;
import io.tandem.dbrouter.OnTimeout;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What reads on replicas must see.
 *
 * @param level what read-only transactions must see where no @ReadConsistency says
 * otherwise
 * @param maxWait how long a replica that lacks it is waited for; 0 for not at all
 * @param onTimeout what happens to the read then
 * @param monotonic whether a client shall also never see less than it has seen before, on
 * whatever node; costs each read-only transaction a round trip
 * @param token how a client proves what it has written
 */
@Validated
@ConfigurationProperties("db-router.consistency")
record ConsistencyProperties(@DefaultValue("session") ConsistencyLevel level,
		@DurationMin @DurationMax(minutes = 1) @DefaultValue("100ms") Duration maxWait,
		@DefaultValue("primary") OnTimeout onTimeout, @DefaultValue("false") boolean monotonic,
		@Valid @DefaultValue Token token) {

	private static final int SHORTEST_SECRET = 32;

	/**
	 * How a client proves what it has written.
	 *
	 * @param secret signs the tokens, at least 32 characters, the same in every instance;
	 * without one each instance makes its own and ignores the tokens of the others
	 * @param previousSecrets secrets whose tokens are still accepted, while the secret is
	 * being changed
	 * @param ttl how long a token is valid; a replica that is further behind is not used
	 * @param header header of requests and responses that has the token; empty for none
	 * @param cookie cookie that has the token; empty for none
	 */
	record Token(@Nullable @Size(min = SHORTEST_SECRET) String secret,
			@DefaultValue List<@Size(min = SHORTEST_SECRET) String> previousSecrets,
			@DurationMin(seconds = 1) @DurationMax(days = 1) @DefaultValue("30s") Duration ttl,
			@DefaultValue("Tandem-Consistency") String header, @DefaultValue("Tandem-Consistency") String cookie) {

		@Override
		public String toString() {
			return "Token[ttl=" + this.ttl + "]";
		}

	}

}
