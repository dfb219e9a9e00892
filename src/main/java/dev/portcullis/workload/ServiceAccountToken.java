package dev.portcullis.workload;

import java.util.List;

/**
 * The service account's token in a pod.
 *
 * @param automounted whether the platform mounts it unasked
 * @param injected what takes away the volume, and its mounts, that the platform has put into the pod already
 */
public record ServiceAccountToken(Setting<Boolean> automounted, List<Edit> injected) {}
