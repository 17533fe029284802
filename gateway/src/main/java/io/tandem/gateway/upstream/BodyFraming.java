package io.tandem.gateway.upstream;

/** How an instance finds the end of a request's body. */
public enum BodyFraming {

	/** There is no body. */
	NONE,

	/** The head has its length. */
	LENGTH,

	/** In chunks (RFC 9112, 7.1). */
	CHUNKED

}
