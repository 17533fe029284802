package io.tandem.gateway.health;

import io.tandem.gateway.balance.Announcement;
import org.jspecify.annotations.Nullable;

/**
 * What one health check found.
 *
 * @param passed whether the instance wants requests
 * @param detail the status or the error, for logs and the health endpoint
 * @param announcement what the instance said of itself, or null if it did not answer
 */
record CheckResult(boolean passed, String detail, @Nullable Announcement announcement) {

	static CheckResult status(int status) {
		return status(status, Announcement.NONE);
	}

	static CheckResult status(int status, Announcement announcement) {
		return new CheckResult(status == 200, "readiness answered " + status, announcement);
	}

	static CheckResult error(String message) {
		return new CheckResult(false, message, null);
	}

}
