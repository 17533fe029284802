package io.tandem.gateway.control;

/**
 * Who makes a change.
 *
 * @param name of the account, or of a gateway
 * @param address where it came from
 */
public record Actor(String name, String address) {

}
