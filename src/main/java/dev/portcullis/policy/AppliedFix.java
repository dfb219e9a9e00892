package dev.portcullis.policy;

import dev.portcullis.workload.Edit;
import java.util.List;

/**
 * One change that policies make.
 *
 * @param checks the ids of those that ask for it, each once
 */
public record AppliedFix(Edit edit, List<String> checks) {}
