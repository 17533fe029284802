package io.tandem.benchmarks.gateway;

/**
 * Some seconds of load on one proxy.
 *
 * @param cpuMicros processor time of the proxy in one request
 */
record Window(double cpuMicros, double perSecond, double p50Millis, double p99Millis, long errors) {

}
