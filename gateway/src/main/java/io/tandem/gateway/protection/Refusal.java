package io.tandem.gateway.protection;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * Why a request is not passed on.
 *
 * @param reason stable name, sent as {@code X-Gateway-Error}
 * @param detail what is wrong, for a person; constant text, nothing that came from a
 * client
 */
record Refusal(HttpResponseStatus status, String reason, String detail) {

	static final Refusal BAD_REQUEST = new Refusal(HttpResponseStatus.BAD_REQUEST, "bad-request",
			"This is not valid HTTP.");

	static final Refusal TARGET_TOO_LONG = new Refusal(HttpResponseStatus.REQUEST_URI_TOO_LONG, "target-too-long",
			"The first line of the request is too long.");

	static final Refusal HEADER_TOO_LARGE = new Refusal(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
			"header-too-large", "The header of the request is too large.");

	static final Refusal TOO_MANY_HEADERS = new Refusal(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
			"header-too-large", "The request has too many header fields.");

	static final Refusal VERSION = new Refusal(HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED, "bad-request",
			"This version of HTTP is not supported here.");

	static final Refusal METHOD = new Refusal(HttpResponseStatus.METHOD_NOT_ALLOWED, "method-not-allowed",
			"The method is not supported here.");

	static final Refusal NOT_ONE_HOST = new Refusal(HttpResponseStatus.BAD_REQUEST, "bad-host",
			"A request needs exactly one Host header.");

	static final Refusal BAD_HOST = new Refusal(HttpResponseStatus.BAD_REQUEST, "bad-host",
			"The Host header is neither a name nor an address with an optional port.");

	static final Refusal OTHER_HOST = new Refusal(HttpResponseStatus.BAD_REQUEST, "bad-host",
			"The request is addressed to another host than its Host header says.");

	static final Refusal BAD_TARGET = new Refusal(HttpResponseStatus.BAD_REQUEST, "bad-target",
			"A request needs a path that begins with one slash.");

	static final Refusal BAD_PATH = new Refusal(HttpResponseStatus.BAD_REQUEST, "bad-path",
			"The path has dot segments, encoded slashes or control characters, or is wrongly encoded.");

	static final Refusal TRANSFER_ENCODING = new Refusal(HttpResponseStatus.NOT_IMPLEMENTED, "transfer-encoding",
			"Bodies can be sent chunked or with a length, not in any other way.");

	static final Refusal EXPECTATION = new Refusal(HttpResponseStatus.EXPECTATION_FAILED, "bad-request",
			"Only 100-continue can be expected.");

	static final Refusal BODY_TOO_LARGE = new Refusal(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "body-too-large",
			"The body of the request is too large.");

	static final Refusal TOO_SLOW = new Refusal(HttpResponseStatus.REQUEST_TIMEOUT, "too-slow",
			"The request took too long to arrive.");

	static final Refusal TOO_MANY_REQUESTS = new Refusal(HttpResponseStatus.TOO_MANY_REQUESTS, "too-many-requests",
			"Too many requests from this client; try again later.");

	static final Refusal FORBIDDEN = new Refusal(HttpResponseStatus.FORBIDDEN, "forbidden",
			"Requests from this address are not accepted.");

}
