package dev.portcullis.catalogue;

import dev.portcullis.check.Check;
import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.policy.Profile;
import dev.portcullis.workload.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The table of all checks. */
final class CheckIndex {
    private static final Set<Form> REQUESTS = Set.of(Form.POD_REQUEST, Form.ENGINE_REQUEST);

    /** In the order in which they are told. */
    private enum Section {
        CONTAINERS("Containers", "What a container or pod may ask for."),
        DOCKERFILES("Dockerfiles", "How an image is built."),
        REQUESTS("Requests", "What may be asked of an API server or a Docker engine besides starting containers."),
        ADVICE("Advice", "These only ever warn: they tell what would not work, or what one text alone cannot show.");

        private final String title;
        private final String text;

        Section(String title, String text) {
            this.title = title;
            this.text = text;
        }

        private static Section of(CheckInfo check) {
            Set<Form> forms = check.fields().forms();
            if (check.advisory()) {
                return ADVICE;
            }
            if (forms.equals(Set.of(Form.DOCKERFILE))) {
                return DOCKERFILES;
            }
            return CheckIndex.REQUESTS.containsAll(forms) ? REQUESTS : CONTAINERS;
        }
    }

    private CheckIndex() {}

    static String page() {
        Map<Section, List<CheckInfo>> sections = new TreeMap<>();
        for (Check check : Catalogue.all()) {
            sections.computeIfAbsent(Section.of(check.info()), section -> new ArrayList<>())
                    .add(check.info());
        }
        StringBuilder page = new StringBuilder("""
                # Checks

                Every check there is, made from the catalogue and its fixtures. *From* is the mildest profile that asks it;
                `restricted` asks what `baseline` asks, `hardened` asks everything. A policy sets each check's mode and
                parameters: [policies.md](policies.md). The examples show what matters of a document that passes everything else.
                """);
        sections.forEach((section, checks) -> {
            page.append("\n## ").append(section.title).append("\n\n").append(section.text);
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
