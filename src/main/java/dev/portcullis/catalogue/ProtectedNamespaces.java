package dev.portcullis.catalogue;

import dev.portcullis.check.Criteria;
import dev.portcullis.check.Findings;
import dev.portcullis.check.Parameter;
import dev.portcullis.check.Words;
import dev.portcullis.workload.Act;
import java.util.List;

/** Namespaces whose pods nobody enters. A container of a Docker engine is in none, which the pattern * covers too. */
final class ProtectedNamespaces {
    private static final String NAME = "namespaces";

    static final Parameter PARAMETER = new Parameter(
            NAME,
            List.of("kube-system"),
            "namespaces that are protected, with * for any part; * alone protects Docker containers too");

    private ProtectedNamespaces() {}

    /** Judges by where the act takes place; {@code entering} is what it does there. */
    static void judge(Act act, String entering, Criteria criteria, Findings findings) {
        String namespace = act.subject().namespace();
        String name = namespace == null ? "" : namespace;
        boolean isProtected =
                criteria.parameters().strings(NAME).stream().anyMatch(pattern -> NamePattern.matches(pattern, name));
        if (!isProtected) {
            findings.pass(null);
        } else if (namespace == null) {
            findings.fail(entering + " container, and all are protected", Forbidden.REMEDY);
        } else {
            findings.fail(
                    entering + " pod of the namespace " + Words.value(namespace) + ", which is protected",
                    Forbidden.REMEDY);
        }
    }
}
