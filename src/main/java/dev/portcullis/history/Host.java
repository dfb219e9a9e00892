package dev.portcullis.history;

import java.time.Instant;
import java.util.List;

/**
 * A Docker host, as it last told of itself.
 *
 * @param policies the version of the policies that judged its containers
 * @param containers how many it told of
 * @param omitted how many more it has
 * @param violating how many of them its gate would deny
 * @param warned how many others it would warn of
 * @param engine what speaks against its engine, or is not to be seen by its API
 */
public record Host(
        String name,
        Instant reportedAt,
        String policies,
        long containers,
        int omitted,
        long violating,
        long warned,
        List<WorkloadFinding> engine) {}
