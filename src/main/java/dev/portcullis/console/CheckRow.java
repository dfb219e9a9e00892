package dev.portcullis.console;

import dev.portcullis.catalogue.Catalogue;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.check.Parameter;
import dev.portcullis.history.CheckFailures;
import dev.portcullis.policy.BoundRule;
import dev.portcullis.policy.Category;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Profile;
import dev.portcullis.workload.Form;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A check of the catalogue, or a rule of policies' own, as the console tells of it.
 *
 * @param title what it asks; of a rule what it tells where it is not met
 * @param category what it is about
 * @param profiles those that ask it
 * @param mode the strictest in which a policy in force asks it; off where none does
 * @param fields what it reads, by the form that a workload is described in
 * @param rules how each policy in force asks it that has a rule of that name; none of a check
 * @param workloads how many workloads it speaks against, as the background scan last found them, leave aside
 * @param fix what to do, as one of its findings says it; null where it speaks against none
 */
record CheckRow(
        String id,
        int revision,
        String title,
        String severity,
        String category,
        String why,
        List<String> profiles,
        String mode,
        boolean advisory,
        Map<String, String> fields,
        List<Setting> parameters,
        List<String> references,
        List<Asked> rules,
        long workloads,
        @Nullable String fix) {
    /** A parameter that a policy may give. */
    record Setting(String name, String description, Object defaultValue) {}

    /**
     * How a policy asks a rule.
     *
     * @param message what is told where it is not met, unless the rule makes that of the object
     * @param expression in CEL
     */
    record Asked(String policy, String mode, String message, String expression) {
        private static Asked of(Policy policy, BoundRule bound) {
            return new Asked(
                    policy.name(),
                    bound.mode().id(),
                    bound.rule().question().message(),
                    bound.info().title());
        }
    }

    /**
     * All of them, in the order of the catalogue, then rules by name.
     *
     * @param failures by check
     */
    static List<CheckRow> all(PolicySet set, Map<String, CheckFailures> failures) {
        List<CheckRow> rows = new ArrayList<>();
        Catalogue.all().forEach(check -> {
            CheckInfo info = check.info();
            rows.add(of(info, info.title(), List.of(), set, failures.get(info.id())));
        });
        Map<String, List<Asked>> asked = new HashMap<>();
        Map<String, CheckInfo> rules = new TreeMap<>();
        for (Policy policy : set.policies()) {
            for (BoundRule bound : policy.rules()) {
                rules.putIfAbsent(bound.info().id(), bound.info());
                asked.computeIfAbsent(bound.info().id(), _ -> new ArrayList<>()).add(Asked.of(policy, bound));
            }
        }
        rules.forEach((id, info) -> {
            List<Asked> ways = asked.getOrDefault(id, List.of());
            rows.add(of(info, ways.getFirst().message(), ways, set, failures.get(id)));
        });
        return rows;
    }

    private static CheckRow of(
            CheckInfo info, String title, List<Asked> rules, PolicySet set, @Nullable CheckFailures failures) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (Form form : info.fields().forms()) {
            fields.put(form.title(), String.valueOf(info.fields().of(form)));
        }
        return new CheckRow(
                info.id(),
                info.revision(),
                title,
                info.severity().id(),
                Category.of(info).title(),
                info.why(),
                rules.isEmpty() ? profiles(info) : List.of(),
                mode(info, set),
                info.advisory(),
                fields,
                info.parameters().stream().map(CheckRow::setting).toList(),
                info.references(),
                rules,
                failures == null ? 0 : failures.workloads(),
                failures == null ? null : failures.example());
    }

    private static Setting setting(Parameter parameter) {
        return new Setting(parameter.name(), parameter.description(), parameter.defaultValue());
    }

    private static List<String> profiles(CheckInfo info) {
        return Arrays.stream(Profile.values())
                .filter(profile -> profile.holds(info, KubernetesVersion.LATEST))
                .map(Profile::id)
                .toList();
    }

    private static String mode(CheckInfo info, PolicySet set) {
        return set.policies().stream()
                .map((Policy policy) -> policy.modeOf(info.id()))
                .max(Comparator.naturalOrder())
                .map(mode -> mode.id())
                .orElse("off");
    }
}
