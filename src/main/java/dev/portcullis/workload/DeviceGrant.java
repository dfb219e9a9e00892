package dev.portcullis.workload;

import org.jspecify.annotations.Nullable;

/**
 * Something that opens devices of the host to a container.
 *
 * @param opened as a person would say it: {@code the device "/dev/fuse" of the host}
 * @param path the one device that is named, null for a rule or a request that may open several
 */
public record DeviceGrant(String opened, @Nullable String path) {}
