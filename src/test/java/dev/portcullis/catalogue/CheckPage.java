package dev.portcullis.catalogue;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Finding;
import dev.portcullis.check.Fix;
import dev.portcullis.check.KubernetesVersion;
import dev.portcullis.check.Parameter;
import dev.portcullis.check.PodSecurityStandard;
import dev.portcullis.check.Result;
import dev.portcullis.check.Words;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Form;
import dev.portcullis.workload.ImageConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The documentation of one check, made of what it says about itself and of its fixtures. */
final class CheckPage {
    private final CheckInfo check;
    private final List<Fixture> fixtures;
    private final StringBuilder page = new StringBuilder();

    private CheckPage(CheckInfo check) {
        this.check = check;
        this.fixtures = FixtureFolder.fixtures().stream()
                .filter(fixture -> fixture.check().equals(check.id()))
                .toList();
    }

    static String of(CheckInfo check) {
        CheckPage page = new CheckPage(check);
        page.head();
        page.fields();
        page.parameters();
        for (Form form : check.fields().forms()) {
            page.examples(form);
        }
        page.page.append(LevelTable.of(page.fixtures));
        page.references();
        page.page.append("\n[All checks](../checks.md)\n");
        return page.page.toString();
    }

    private void head() {
        line("# " + check.id());
        line("");
        line("**" + check.title() + ".** " + check.why());
        line("");
        line("| | |");
        line("|---|---|");
        line("| severity | " + check.severity().id() + " |");
        line("| asked by | " + profiles() + " |");
        line("| revision | " + check.revision() + " |");
        if (check.advisory()) {
            line("");
            line("It only ever warns: it tells what would not work, or what one text alone cannot show.");
        }
    }

    private String profiles() {
        PodSecurityStandard standard = check.standard();
        List<String> profiles = new ArrayList<>();
        if (standard != null) {
            since(profiles, "baseline", standard.baselineSince());
            since(profiles, "restricted", standard.restrictedSince());
        }
        profiles.add("hardened");
        return String.join(", ", profiles);
    }

    private static void since(List<String> profiles, String profile, @Nullable KubernetesVersion version) {
        if (version != null) {
            profiles.add(version.minor() == 0 ? profile : profile + " since " + version);
        }
    }

    private void fields() {
        line("");
        line("## Where it looks");
        line("");
        line("| form | field |");
        line("|---|---|");
        for (Form form : check.fields().forms()) {
            line("| " + form.title() + " | "
                    + cell(String.valueOf(check.fields().of(form))) + " |");
        }
    }

    private void parameters() {
        if (check.parameters().isEmpty()) {
            return;
        }
        line("");
        line("## Parameters");
        line("");
        line("| name | type | default | meaning |");
        line("|---|---|---|---|");
        for (Parameter parameter : check.parameters()) {
            String scope = parameter.onlyHardened() ? "; in the hardened reading only" : "";
            line("| `" + parameter.name() + "` | "
                    + (parameter.defaultValue() instanceof Long ? "whole number" : "list of strings") + " | "
                    + defaultOf(parameter) + " | " + cell(parameter.description()) + scope + " |");
        }
    }

    /** What a policy must say, or what must be known of the image, before the check asks anything. */
    private static String configured(Fixture fixture) {
        String known = fixture.header().digest() == null ? "" : ", where a registry was asked for the digest";
        return asked(fixture) + known;
    }

    private static String asked(Fixture fixture) {
        Map<String, Object> parameters = fixture.header().parameters();
        String policy =
                parameters.isEmpty() ? "" : " under a policy with `parameters: " + Words.value(parameters) + "`";
        ImageConfig image = fixture.header().image();
        return image == null ? policy : policy + ", where the image's own configuration says " + said(image);
    }

    private static String said(ImageConfig image) {
        List<String> said = new ArrayList<>();
        said.add(image.user() == null ? "no user" : "user " + Words.value(image.user()));
        if (!image.volumes().isEmpty()) {
            said.add("volumes " + Words.value(image.volumes()));
        }
        if (image.workingDirectory() != null) {
            said.add("working directory " + Words.value(image.workingDirectory()));
        }
        said.add(image.healthcheck() ? "a health check" : "no health check");
        return String.join(", ", said);
    }

    private static String defaultOf(Parameter parameter) {
        return switch (parameter.defaultValue()) {
            case Collection<?> values when values.isEmpty() -> "none";
            case Collection<?> values ->
                values.stream()
                        .map(value -> "`" + value.toString().replace("|", "\\|") + "`")
                        .collect(Collectors.joining(", "));
            default -> "`" + parameter.defaultValue() + "`";
        };
    }

    private void examples(Form form) {
        List<Fixture> failing = ofForm(form, Result.FAIL);
        List<Fixture> mended =
                failing.stream().filter(fixture -> fix(fixture) != null).toList();
        Fixture fail = Excerpt.shortest(mended);
        fail = fail == null ? Excerpt.shortest(written(failing)) : fail;
        if (fail == null) {
            return;
        }
        line("");
        line("## " + form.title());
        line("");
        line("Fails" + configured(fail) + ":");
        line("");
        page.append(Objects.requireNonNull(Excerpt.of(fail)).fenced());
        line("");
        line("```text");
        findings(fail).map(CheckPage::told).distinct().forEach(this::line);
        line("```");
        passing(form, fail);
        line("");
        line(mending(fix(fail), mended));
    }

    private void passing(Form form, Fixture fail) {
        Excerpt base = Excerpt.ofBase(fail);
        List<Fixture> passing = ofForm(form, Result.PASS);
        Fixture pass = form == Form.DOCKERFILE ? nearest(passing, fail) : Excerpt.shortest(passing);
        if (base != null && (pass == null || !base.unset())) {
            passes("", base);
        } else if (pass != null) {
            passes(configured(pass), Objects.requireNonNull(Excerpt.of(pass)));
        }
    }

    /** The one with the fewest lines of its own, and the fewest left out. */
    private static @Nullable Fixture nearest(List<Fixture> passing, Fixture fail) {
        List<String> lines = fail.text().lines().toList();
        return passing.stream()
                .min(Comparator.<Fixture>comparingLong(pass -> {
                            List<String> others = pass.text().lines().toList();
                            return others.stream()
                                            .filter(line -> !lines.contains(line))
                                            .count()
                                    + lines.stream()
                                            .filter(line -> !others.contains(line))
                                            .count();
                        })
                        .thenComparingInt(pass -> pass.text().length()))
                .orElse(null);
    }

    private void passes(String where, Excerpt excerpt) {
        line("");
        line("Passes" + where + ":");
        line("");
        page.append(excerpt.fenced());
    }

    private List<Fixture> ofForm(Form form, Result verdict) {
        return fixtures.stream()
                .filter(fixture -> fixture.form() == form && fixture.verdict() == verdict)
                .toList();
    }

    private Stream<Finding> findings(Fixture fixture) {
        return fixture.criterion().judge(fixture.matter(), check.id()).stream().filter(Finding::isViolation);
    }

    private static String told(Finding finding) {
        return finding.container() == null
                ? finding.message()
                : "container " + finding.container() + ": " + finding.message();
    }

    /** Those in which the wrong value is written, where there are any. */
    private List<Fixture> written(List<Fixture> failing) {
        List<Fixture> written = failing.stream()
                .filter(fixture -> findings(fixture).anyMatch(finding -> finding.value() != null))
                .toList();
        return written.isEmpty() ? failing : written;
    }

    private @Nullable Fix fix(Fixture fixture) {
        return findings(fixture)
                .map(Finding::fix)
                .filter(fix -> fix != null && !fix.overwrites())
                .findFirst()
                .orElse(null);
    }

    /** What the fix of the example does, and where another example's may be applied without asking. */
    private String mending(@Nullable Fix fix, List<Fixture> mended) {
        if (fix == null) {
            return "Fix: by hand, as the message says; Portcullis changes no value that somebody wrote"
                    + (Catalogue.find(check.id()).orElseThrow().overwrites()
                            ? " unless the policy says `fix: true, overwrite: true`."
                            : ".");
        }
        String edits = fix.edits().stream().map(CheckPage::edit).collect(Collectors.joining(", then "));
        if (check.concerns(Form.DOCKERFILE)) {
            return "Fix: " + edits + ", which `portcullis fix --all` does for local files that are no archives.";
        }
        if (fix.safe()) {
            return "Fix: " + edits + ". It is safe, and applied by default where the check is enforced.";
        }
        String safe = mended.stream()
                .filter(fixture -> Objects.requireNonNull(fix(fixture)).safe())
                .findFirst()
                .map(fixture ->
                        " For some, such as " + LevelTable.link(fixture) + ", it is safe and applied by default.")
                .orElse("");
        return "Fix: " + edits
                + ". It may change how the workload behaves, so it is applied only where the policy says `fix: true`."
                + safe;
    }

    private static String edit(Edit edit) {
        String field = "`" + edit.path().field() + "`";
        return switch (edit) {
            case Edit.Set set when set.value().equals("") -> "remove " + field;
            case Edit.Set set -> "set " + field + " to `" + Words.value(set.value()) + "`";
            case Edit.Append append -> "add `" + Words.value(append.value()) + "` to " + field;
            case Edit.Remove remove -> "take `" + remove.name() + "` out of " + field;
        };
    }

    private void references() {
        if (check.references().isEmpty()) {
            return;
        }
        line("");
        line("## References");
        line("");
        for (String reference : check.references()) {
            line("- " + Objects.requireNonNullElse(References.writtenOut(reference, check), reference));
        }
    }

    /** Text as it stands in a cell of a table. */
    static String cell(String text) {
        return text.replace("|", "\\|").replace("*", "\\*").replace("<", "\\<");
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
