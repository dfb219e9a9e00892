package dev.portcullis.history;

/**
 * How what runs stands, in three numbers.
 *
 * @param workloads how many there are
 * @param violating how many of them the gate would deny
 * @param warned how many others it would warn of
 */
public record Standing(long workloads, long violating, long warned) {}
