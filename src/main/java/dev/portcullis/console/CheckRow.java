package dev.portcullis.console;

import dev.portcullis.catalogue.Catalogue;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.check.Parameter;
import dev.portcullis.history.CheckFailures;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicySet;
import dev.portcullis.policy.Profile;
import dev.portcullis.workload.Form;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A check of the catalogue, as the console tells of it.
 *
 * @param profiles those that ask it
 * @param mode the strictest in which a policy in force asks it; off where none does
 * @param fields what it reads, by the form that a workload is described in
 * @param workloads how many workloads it speaks against, as the background scan last found them, leave aside
 * @param fix what to do, as one of its findings says it; null where it speaks against none
 */
record CheckRow(
        String id,
        int revision,
        String title,
        String severity,
        String why,
        List<String> profiles,
        String mode,
        boolean advisory,
        Map<String, String> fields,
        List<Setting> parameters,
        List<String> references,
        long workloads,
        @Nullable String fix) {
    /** A parameter that a policy may give. */
    record Setting(String name, String description, Object defaultValue) {}

    /**
     * All of them, in the order of the catalogue.
     *
     * @param failures by check
     */
    static List<CheckRow> all(PolicySet set, Map<String, CheckFailures> failures) {
        return Catalogue.all().stream()
                .map(check -> of(check.info(), set, failures.get(check.info().id())))
                .toList();
    }

    private static CheckRow of(CheckInfo info, PolicySet set, @Nullable CheckFailures failures) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (Form form : info.fields().forms()) {
            fields.put(form.title(), String.valueOf(info.fields().of(form)));
        }
        return new CheckRow(
                info.id(),
                info.revision(),
                info.title(),
                info.severity().id(),
                info.why(),
                profiles(info),
                mode(info, set),
                info.advisory(),
                fields,
                info.parameters().stream().map(CheckRow::setting).toList(),
                info.references(),
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
