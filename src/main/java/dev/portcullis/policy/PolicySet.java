package dev.portcullis.policy;

import dev.portcullis.check.Check;
import dev.portcullis.check.Criteria;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.Platform;
import dev.portcullis.workload.Subject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The policies and exemptions by which decisions are made at one time. Immutable: a decision that has one is made by all of
 * it, whatever comes after.
 */
public final class PolicySet {
    private final List<Policy> policies;
    private final List<Exemption> exemptions;
    private final Set<String> exemptionNamespaces;
    private final String version;
    private final Map<Place, Map<String, List<Exemption>>> exemptionsByPlace = new HashMap<>();
    private final Map<Policy, Map<Form, List<Asked>>> askedByPolicy = new HashMap<>();
    private final int slots;

    private record Place(Platform platform, @Nullable String namespace) {}

    /** What gives the same findings whichever policy asks it. */
    private record Question(Check check, Criteria criteria, boolean overwrites) {}

    /**
     * A check as one policy of the set asks it.
     *
     * @param slot the place of its findings, which all that ask the same share
     */
    record Asked(BoundCheck bound, int slot) {}

    /**
     * A set.
     *
     * @param exemptions those that no policy heeds are left out
     * @param exemptionNamespaces those whose exemptions every policy heeds, beside its own
     * @param version a text that no set of other content has
     */
    public PolicySet(
            List<Policy> policies, List<Exemption> exemptions, Set<String> exemptionNamespaces, String version) {
        this.policies = List.copyOf(policies);
        this.exemptionNamespaces = Set.copyOf(exemptionNamespaces);
        this.exemptions = exemptions.stream().filter(this::isHeeded).toList();
        this.version = version;
        this.exemptions.forEach(this::place);
        Map<Question, Integer> slotOf = new HashMap<>();
        for (Policy policy : policies) {
            askedByPolicy.put(policy, asked(policy, slotOf));
        }
        this.slots = slotOf.size();
    }

    private void place(Exemption exemption) {
        Exemption.Holder holder = exemption.subject();
        Map<String, List<Exemption>> byCheck = exemptionsByPlace.computeIfAbsent(
                new Place(holder.platform(), holder.namespace()), _ -> new HashMap<>());
        exemption
                .checks()
                .forEach(check ->
                        byCheck.computeIfAbsent(check, _ -> new ArrayList<>()).add(exemption));
    }

    private static Map<Form, List<Asked>> asked(Policy policy, Map<Question, Integer> slotOf) {
        Map<Form, List<Asked>> byForm = new EnumMap<>(Form.class);
        for (BoundCheck bound : policy.checks()) {
            Question question = new Question(bound.check(), bound.criteria(), bound.overwrites());
            Asked asked = new Asked(bound, slotOf.computeIfAbsent(question, _ -> slotOf.size()));
            for (Form form : bound.check().info().fields().forms()) {
                byForm.computeIfAbsent(form, _ -> new ArrayList<>()).add(asked);
            }
        }
        return byForm;
    }

    private boolean isHeeded(Exemption exemption) {
        return policies.stream().anyMatch(policy -> heeds(policy, exemption));
    }

    /** One profile alone, enforced, by the names that a user gives; see {@link Policy#alone}. */
    public static PolicySet alone(String profile, @Nullable String version) {
        Policy policy = Policy.alone(profile, version);
        return of(List.of(policy), profile + "-" + policy.version());
    }

    /** Policies without any exemption. */
    public static PolicySet of(List<Policy> policies, String version) {
        return new PolicySet(policies, List.of(), Set.of(), version);
    }

    /** The same content by the name of another version. */
    public PolicySet named(String other) {
        return new PolicySet(policies, exemptions, exemptionNamespaces, other);
    }

    /** The same with only some of the policies. */
    public PolicySet only(List<Policy> chosen) {
        return new PolicySet(chosen, exemptions, exemptionNamespaces, version);
    }

    /** The same, offering fixes that write over what somebody has written: for who wrote it. */
    public PolicySet overwriting() {
        List<Policy> all = policies.stream().map(Policy::overwriting).toList();
        return new PolicySet(all, exemptions, exemptionNamespaces, version + " overwriting");
    }

    /**
     * The same with the policies of another set in place of those of their names, and further ones beside them; exemptions
     * likewise.
     */
    public PolicySet replacedBy(PolicySet newer) {
        Set<String> names = Set.copyOf(newer.names());
        List<Policy> all = new ArrayList<>(newer.policies);
        policies.stream().filter(policy -> !names.contains(policy.name())).forEach(all::add);
        Set<String> ids = newer.exemptions.stream().map(Exemption::id).collect(Collectors.toSet());
        List<Exemption> leave = new ArrayList<>(newer.exemptions);
        exemptions.stream().filter(exemption -> !ids.contains(exemption.id())).forEach(leave::add);
        Set<String> holders = new HashSet<>(exemptionNamespaces);
        holders.addAll(newer.exemptionNamespaces);
        return new PolicySet(all, leave, holders, version + " replaced by " + newer.version);
    }

    /** The namespaces whose exemptions every policy heeds, beside its own. */
    public Set<String> exemptionNamespaces() {
        return exemptionNamespaces;
    }

    /** The policies. */
    public List<Policy> policies() {
        return policies;
    }

    /** Whether what any of them asks may depend on the namespace beyond its name, which must then be known. */
    public boolean asksForNamespaces() {
        return policies.stream().anyMatch(Policy::asksForNamespaces);
    }

    /** The exemptions that any policy heeds, expired ones too. */
    public List<Exemption> exemptions() {
        return exemptions;
    }

    /** What tells this set from every other one. */
    public String version() {
        return version;
    }

    /** Whether an exemption held in a namespace counts for a policy. */
    public boolean heeds(Policy policy, Exemption exemption) {
        String namespace = exemption.namespace();
        return namespace != null
                && (exemptionNamespaces.contains(namespace)
                        || policy.exemptionNamespaces().contains(namespace));
    }

    /** The exemptions whose workloads are where a subject is, by check. */
    Map<String, List<Exemption>> exemptionsFor(Subject subject) {
        return exemptionsByPlace.isEmpty()
                ? Map.of()
                : exemptionsByPlace.getOrDefault(new Place(subject.platform(), subject.namespace()), Map.of());
    }

    /** The checks that a policy asks of a form; null for no policy of the set. */
    @Nullable List<Asked> asked(Policy policy, Form form) {
        Map<Form, List<Asked>> byForm = askedByPolicy.get(policy);
        return byForm == null ? null : byForm.getOrDefault(form, List.of());
    }

    int slots() {
        return slots;
    }

    /** The names of the policies, each once. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (Policy policy : policies) {
            if (!names.contains(policy.name())) {
                names.add(policy.name());
            }
        }
        return names;
    }
}
