package dev.portcullis.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A few decisions, the latest first.
 *
 * @param next the cursor by which the search goes on; null where there is nothing further. A page may hold fewer than were
 *     asked for and have a cursor all the same: the search gave up for now, since what is asked for is rare.
 */
public record Page(List<Decision> decisions, @Nullable String next) {}
