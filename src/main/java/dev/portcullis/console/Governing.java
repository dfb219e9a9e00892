package dev.portcullis.console;

import dev.portcullis.policy.PolicySet;
import dev.portcullis.resource.Origins;
import java.util.function.Supplier;

/**
 * What is decided by.
 *
 * @param set what is in force now
 * @param origins where it comes from
 */
public record Governing(Supplier<PolicySet> set, Supplier<Origins> origins) {}
