package dev.portcullis.catalogue;

import dev.portcullis.check.Check;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.policy.Category;
import dev.portcullis.policy.Profile;
import dev.portcullis.workload.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The table of all checks. */
final class CheckIndex {
    private CheckIndex() {}

    static String page() {
        Map<Category, List<CheckInfo>> sections = new TreeMap<>();
        for (Check check : Catalogue.all()) {
            sections.computeIfAbsent(Category.of(check.info()), _ -> new ArrayList<>())
                    .add(check.info());
        }
        StringBuilder page = new StringBuilder("""
                # Checks

                Every check there is, made from the catalogue and its fixtures. *From* is the mildest profile that asks it;
                `restricted` asks what `baseline` asks, `hardened` asks everything. A policy sets each check's mode and
                parameters: [policies.md](policies.md). The examples show what matters of a document that passes everything else.
                """);
        sections.forEach((section, checks) -> {
            page.append("\n## ").append(section.title()).append("\n\n").append(section.text());
            page.append("\n\n| check | severity | from | forms | asks |\n|---|---|---|---|---|\n");
            checks.forEach(check -> page.append(row(check)));
        });
        return page.toString();
    }

    private static String row(CheckInfo check) {
        return "| [%s](checks/%s.md) | %s | %s | %s | %s |\n"
                .formatted(
                        check.id(),
                        check.id(),
                        check.severity().id(),
                        mildest(check).id(),
                        check.fields().forms().stream().map(Form::title).collect(Collectors.joining(", ")),
                        CheckPage.cell(check.title()));
    }

    private static Profile mildest(CheckInfo check) {
        return List.of(Profile.BASELINE, Profile.RESTRICTED, Profile.HARDENED).stream()
                .filter(profile -> profile.holds(check, KubernetesVersion.LATEST))
                .findFirst()
                .orElseThrow();
    }
}
