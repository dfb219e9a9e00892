package dev.portcullis.rewrite;

import dev.portcullis.document.Position;
import dev.portcullis.workload.Edit;
import java.util.List;

/**
 * Edits that are made together or not at all.
 *
 * @param within any place in the document whose paths the edits name
 */
public record Change(Position within, List<Edit> edits) {}
