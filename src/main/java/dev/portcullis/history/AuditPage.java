package dev.portcullis.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A few entries of the audit, the latest first.
 *
 * @param next the cursor of the page after it; null on the last
 */
public record AuditPage(List<AuditEntry> entries, @Nullable String next) {}
