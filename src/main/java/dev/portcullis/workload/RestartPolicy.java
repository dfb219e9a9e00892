package dev.portcullis.workload;

/**
 * When an engine starts a container again.
 *
 * @param name as the engine names it: {@code no}, {@code always}, {@code unless-stopped}, {@code on-failure}
 * @param retries how often at the most; 0 means for ever
 */
public record RestartPolicy(String name, long retries) {}
