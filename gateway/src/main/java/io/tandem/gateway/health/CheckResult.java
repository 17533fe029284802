package io.tandem.gateway.health;

/**
 * What one health check found.
 *
 * @param passed whether the instance wants requests
 * @param detail the status or the error, for logs and the health endpoint
 */
record CheckResult(boolean passed, String detail) {

	static CheckResult status(int status) {
		return new CheckResult(status == 200, "readiness answered " + status);
	}

	static CheckResult error(String message) {
		return new CheckResult(false, message);
	}

}
