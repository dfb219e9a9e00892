package dev.portcullis.workload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an image says about how it is to be run.
 *
 * @param user {@code user[:group]} as written, null where it says none, which means root
 * @param healthcheck whether it has a health check that is not switched off
 * @param volumes directories that it declares to be volumes
 * @param workingDirectory null where it says none
 */
public record ImageConfig(
        @Nullable String user,
        boolean healthcheck,
        List<String> volumes,
        @Nullable String workingDirectory) {}
