package io.tandem.webapp.servedby;

import java.time.Duration;

import io.tandem.dbrouter.NodeRole;
import io.tandem.dbrouter.NodeUse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseUsesTests {

	private static final NodeUse READ = new NodeUse("mysql-2", NodeRole.REPLICA, "read-only",
			Duration.ofNanos(1_240_000));

	private static final NodeUse WRITE = new NodeUse("mysql-1", NodeRole.PRIMARY, "read-write", Duration.ofMillis(3));

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	@AfterEach
	void leaveRequest() {
		RequestContextHolder.resetRequestAttributes();
	}

	@Test
	void eachNodeHasOneEntryWithItsDurationsAddedUp() {
		DatabaseUses uses = inRequest(true);
		uses.nodeUsed(READ);
		uses.nodeUsed(WRITE);
		uses.nodeUsed(READ);
		assertThat(this.response.getHeader("Server-Timing"))
			.isEqualTo("db;desc=\"mysql-2 replica\";dur=2.5;reason=read-only, "
					+ "db;desc=\"mysql-1 primary\";dur=3.0;reason=read-write");
		assertThat(uses.ofCurrentRequest()).extracting(NodeUse::node).containsExactly("mysql-2", "mysql-1");
	}

	@Test
	void nodeThatChangedItsRoleWithinTheRequestHasTwoEntries() {
		DatabaseUses uses = inRequest(true);
		uses.nodeUsed(READ);
		uses.nodeUsed(new NodeUse("mysql-2", NodeRole.PRIMARY, "no-replica", Duration.ofMillis(1)));
		assertThat(uses.ofCurrentRequest()).hasSize(2);
	}

	@Test
	void headerCanBeSwitchedOff() {
		DatabaseUses uses = inRequest(false);
		uses.nodeUsed(READ);
		assertThat(this.response.getHeaderNames()).isEmpty();
		assertThat(uses.ofCurrentRequest()).containsExactly(READ);
	}

	@Test
	void useOutsideOfARequestIsIgnored() {
		DatabaseUses uses = new DatabaseUses(node(true));
		uses.nodeUsed(READ);
		assertThat(uses.ofCurrentRequest()).isEmpty();
	}

	private DatabaseUses inRequest(boolean header) {
		RequestContextHolder
			.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest(), this.response));
		return new DatabaseUses(node(header));
	}

	private static NodeProperties node(boolean header) {
		return new NodeProperties("web-app-1", new NodeProperties.Web(header));
	}

}
