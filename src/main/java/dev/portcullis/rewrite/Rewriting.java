package dev.portcullis.rewrite;

import java.util.List;

/**
 * What came of changes.
 *
 * @param text the text as it was where nothing could be written
 * @param refused changes that could not be written
 */
public record Rewriting(String text, List<Refused> refused) {
    /**
     * A change that was left out.
     *
     * @param reason why, and how to go on
     */
    public record Refused(Change change, String reason) {}
}
