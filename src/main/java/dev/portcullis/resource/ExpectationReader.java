package dev.portcullis.resource;

import dev.portcullis.catalogue.Catalogue;
import dev.portcullis.check.Words;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Rule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what a case of a {@code PolicyTest} expects. */
final class ExpectationReader {
    private static final List<String> MEMBERS =
            List.of("decision", "findings", "warnings", "exempted", "patch", "patchIncludes", "remaining");
    private static final List<String> OF_FINDING = List.of("check", "container", "path", "mode");
    private static final List<String> OF_OPERATION = List.of("op", "path", "value", "from");
    private static final List<String> IDS =
            Catalogue.all().stream().map(check -> check.info().id()).toList();

    private ExpectationReader() {}

    static PolicyTestFile.Expectation read(Field expect) {
        expect.allowMembers("expect", MEMBERS, List.of());
        if (expect.names().isEmpty()) {
            expect.refuse("expects nothing: write decision: allow or deny at least");
        }
        Field decision = expect.member("decision");
        return new PolicyTestFile.Expectation(
                decision == null ? null : decision.choice(Choices.DECISIONS),
                findings(expect.member("findings")),
                strings(expect.member("warnings")),
                exempted(expect.member("exempted")),
                operations(expect.member("patch")),
                operations(expect.member("patchIncludes")),
                checks(expect.member("remaining")));
    }

    private static @Nullable List<String> strings(@Nullable Field list) {
        return list == null ? null : ParameterValues.strings(list);
    }

    private static @Nullable List<PolicyTestFile.ExpectedFinding> findings(@Nullable Field list) {
        if (list == null) {
            return null;
        }
        List<PolicyTestFile.ExpectedFinding> findings = new ArrayList<>();
        for (Field element : list.elements()) {
            if (element.isObject()) {
                element.allowMembers("a finding", OF_FINDING, List.of());
                Field check = element.required("check", "name the check");
                String id = check == null ? null : check(check);
                Field mode = element.member("mode");
                Mode chosen = mode == null ? null : mode.choice(Choices.MODES);
                if (id != null) {
                    findings.add(new PolicyTestFile.ExpectedFinding(
                            id, text(element.member("container")), text(element.member("path")), chosen));
                }
            }
        }
        return findings;
    }

    private static @Nullable String text(@Nullable Field field) {
        return field == null ? null : field.text();
    }

    /** An id of a check, or of a rule, which only the policies know. */
    private static @Nullable String check(Field field) {
        String id = field.text();
        if (id == null || id.startsWith(Rule.PREFIX) || Catalogue.find(id).isPresent()) {
            return id;
        }
        field.refuse("there is no check " + Words.value(id) + "; "
                + Field.hint(
                        id, IDS, "portcullis checks lists those there are, and rules are " + Rule.PREFIX + "NAME"));
        return null;
    }

    private static @Nullable Set<String> checks(@Nullable Field list) {
        if (list == null) {
            return null;
        }
        Set<String> checks = new LinkedHashSet<>();
        for (Field element : list.elements()) {
            String id = check(element);
            if (id != null) {
                checks.add(id);
            }
        }
        return checks;
    }

    private static @Nullable Set<String> exempted(@Nullable Field list) {
        if (list == null) {
            return null;
        }
        Set<String> exempted = new LinkedHashSet<>();
        for (Field element : list.elements()) {
            String text = element.text();
            if (text != null && !text.matches("[^=]+=[^/=]+/[^/=]+")) {
                element.refuse(Words.value(text) + " names no exemption of a check: write CHECK=NAMESPACE/NAME");
            } else if (text != null) {
                exempted.add(text);
            }
        }
        return exempted;
    }

    private static @Nullable List<JsonNode> operations(@Nullable Field list) {
        if (list == null) {
            return null;
        }
        List<JsonNode> operations = new ArrayList<>();
        for (Field element : list.elements()) {
            if (element.isObject()) {
                element.allowMembers("an operation", OF_OPERATION, List.of());
                text(element.required("op", "write add, replace or remove"));
                text(element.required("path", "write a JSON Pointer"));
                operations.add(element.node());
            }
        }
        return operations;
    }
}
