package dev.portcullis.workload;

/**
 * A limit of one process (setrlimit).
 *
 * @param name as the engine names it, such as {@code nofile}
 * @param hard -1 means unlimited
 */
public record Ulimit(String name, long soft, long hard) {}
