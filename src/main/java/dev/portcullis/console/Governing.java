package dev.portcullis.console;

import dev.portcullis.policy.Exemption;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.resource.Origins;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * What is decided by.
 *
 * @param set what is in force now
 * @param origins where it comes from
 * @param uses how many violations an exemption has covered in decisions of this process
 */
public record Governing(Supplier<PolicySet> set, Supplier<Origins> origins, ToLongFunction<Exemption> uses) {}
