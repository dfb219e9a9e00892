package dev.portcullis.history;

import dev.portcullis.check.Severity;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a view of what runs is narrowed to; of each list that is not empty one must hold.
 *
 * @param cluster null for all
 * @param namespaces names, or patterns with stars
 * @param kinds of workloads
 * @param checks whose findings count
 * @param severities of findings that count
 */
public record Scope(
        @Nullable String cluster,
        List<String> namespaces,
        List<String> kinds,
        List<String> checks,
        List<Severity> severities) {
    /** All that runs, and all that is found. */
    public static final Scope ALL = new Scope(null, List.of(), List.of(), List.of(), List.of());

    /** Keeps what it is given. */
    public Scope {
        namespaces = List.copyOf(namespaces);
        kinds = List.copyOf(kinds);
        checks = List.copyOf(checks);
        severities = List.copyOf(severities);
    }

    /** Whether a pattern, in which a star stands for any characters, is a name; in time of their product at most. */
    public static boolean matches(String pattern, String name) {
        int at = 0;
        int star = -1;
        int resumed = 0;
        for (int i = 0; i < name.length(); ) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                resumed = i;
            } else if (at < pattern.length() && pattern.charAt(at) == name.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resumed;
            } else {
                return false;
            }
        }
        return pattern.substring(at).chars().allMatch(c -> c == '*');
    }

    /** Conditions on a workload {@code w}, each after AND. */
    String ofWorkload(List<Object> values) {
        StringBuilder where = new StringBuilder();
        if (cluster != null) {
            where.append(" AND w.cluster = ?");
            values.add(cluster);
        }
        if (!namespaces.isEmpty()) {
            where.append(" AND (")
                    .append(String.join(
                            " OR ", Collections.nCopies(namespaces.size(), "w.namespace LIKE ? ESCAPE '!'")))
                    .append(")");
            namespaces.forEach(each -> values.add(each.replace("!", "!!")
                    .replace("%", "!%")
                    .replace("_", "!_")
                    .replace('*', '%')));
        }
        return where.append(in("w.kind", kinds, values)).toString();
    }

    /** Whether a finding of this check and severity counts. */
    boolean counts(String check, String severity) {
        return (checks.isEmpty() || checks.contains(check))
                && (severities.isEmpty()
                        || severities.stream().anyMatch(each -> each.id().equals(severity)));
    }

    /** Conditions on one of its findings {@code f}, each after AND; empty where all of them count. */
    String ofFinding(List<Object> values) {
        return in("f.check_id", checks, values)
                + in("f.severity", severities.stream().map(Severity::id).toList(), values);
    }

    private static String in(String column, Collection<String> wanted, List<Object> values) {
        if (wanted.isEmpty()) {
            return "";
        }
        values.addAll(wanted);
        return " AND " + column + " IN (" + String.join(", ", Collections.nCopies(wanted.size(), "?")) + ")";
    }
}
