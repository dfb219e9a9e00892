package dev.portcullis.history;

import org.jspecify.annotations.Nullable;

/**
 * A decision, and what was asked then.
 *
 * @param asked null where it is not kept, or the decision was none by policies
 */
public record Recording(Decision decision, @Nullable Recorded asked) {}
