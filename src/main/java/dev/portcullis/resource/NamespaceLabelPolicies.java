package dev.portcullis.resource;

import dev.portcullis.check.Words;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Namespace;
import dev.portcullis.policy.PodSecurityLabels;
import dev.portcullis.workload.Printable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes policies that ask what the labels {@code pod-security.kubernetes.io/*} of namespaces ask, one for each mode, level
 * and version. As Kubernetes' own controller they enforce on pods alone, and tell of controllers of pods too.
 */
public final class NamespaceLabelPolicies {
    private static final int LONGEST_COMMENT = 300;

    private final Map<PodSecurityLabels.Asked, TreeSet<String>> namespaces =
            new TreeMap<>(Comparator.comparing(PodSecurityLabels.Asked::mode)
                    .reversed()
                    .thenComparing(PodSecurityLabels.Asked::profile)
                    .thenComparing(PodSecurityLabels.Asked::version));
    private final StringBuilder problems = new StringBuilder();
    private int count;
    private int silent;

    private NamespaceLabelPolicies() {}

    /**
     * Policies as YAML; comments alone where no namespace asks anything.
     *
     * @throws IllegalArgumentException where one of them has a name that no namespace can have
     */
    public static String of(Collection<Namespace> namespaces) {
        NamespaceLabelPolicies policies = new NamespaceLabelPolicies();
        namespaces.forEach(policies::add);
        return policies.text();
    }

    private void add(Namespace namespace) {
        String name = namespace.name();
        if (!DnsName.isLabel(name)) {
            throw new IllegalArgumentException(Words.value(name) + " is no namespace's name");
        }
        count++;
        List<PodSecurityLabels.Asked> asked = PodSecurityLabels.asked(namespace.labels());
        asked.forEach(
                one -> namespaces.computeIfAbsent(one, _ -> new TreeSet<>()).add(name));
        silent += asked.isEmpty() ? 1 : 0;
        for (String problem : PodSecurityLabels.problems(namespace.labels())) {
            problems.append("# ")
                    .append(Printable.text(name + ": " + problem, LONGEST_COMMENT))
                    .append('\n');
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder("# From the labels ")
                .append(PodSecurityLabels.PREFIX)
                .append("* of ")
                .append(counted(count))
                .append(", ")
                .append(silent)
                .append(" of which ask nothing.\n")
                .append(
                        namespaces.isEmpty()
                                ? "# No namespace asks anything, so there is no policy.\n"
                                : "# Labels that change later change nothing here; podSecurityLabels: honour follows them.\n")
                .append(problems);
        namespaces.forEach((asked, names) -> text.append("---\n").append(policy(asked, names)));
        return text.toString();
    }

    private static String policy(PodSecurityLabels.Asked asked, Collection<String> names) {
        String name = String.join(
                "-",
                "pod-security",
                asked.mode().id(),
                asked.profile().id(),
                asked.version().toString());
        StringBuilder values = new StringBuilder();
        names.forEach(
                one -> values.append("              - ").append(quoted(one)).append('\n'));
        return """
                # %s
                apiVersion: %s
                kind: HardeningPolicy
                metadata:
                  name: %s
                spec:
                  match:
                    platforms: [kubernetes]
                    namespaces:
                      selector:
                        matchExpressions:
                          - key: kubernetes.io/metadata.name
                            operator: In
                            values:
                %s%s  profile: %s
                  version: %s
                  mode: %s
                  fix: false
                """.formatted(
                        counted(names.size()),
                        Envelope.API_VERSION,
                        name,
                        values,
                        asked.mode() == Mode.ENFORCE ? "    kinds: [Pod]  # what makes pods is only told of\n" : "",
                        asked.profile().id(),
                        asked.version(),
                        asked.mode().id());
    }

    private static String counted(int namespaces) {
        return namespaces + (namespaces == 1 ? " namespace" : " namespaces");
    }

    /** A name of digits alone is a number without quotes. */
    private static String quoted(String name) {
        return '"' + name + '"';
    }
}
