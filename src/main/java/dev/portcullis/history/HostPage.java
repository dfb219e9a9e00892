package dev.portcullis.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A few hosts, by name.
 *
 * @param next the cursor by which the list goes on; null where it ends
 */
public record HostPage(List<Host> hosts, @Nullable String next) {}
