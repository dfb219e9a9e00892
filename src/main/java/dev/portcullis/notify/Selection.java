package dev.portcullis.notify;

import dev.portcullis.check.Severity;
import dev.portcullis.history.Decision;
import dev.portcullis.history.RecordedFinding;
import dev.portcullis.history.Scope;
import dev.portcullis.policy.Mode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a target is told of: that for which all of it holds.
 *
 * @param namespaces patterns with stars; none for all. What is in no namespace is empty text, which {@code *} alone matches
 * @param excluded patterns of namespaces that are not meant, whatever else says so
 * @param checks ids; none for all
 * @param severity the least; null for any
 * @param modes {@code enforce}, {@code warn}, {@code audit}
 * @param sources {@code admission}, {@code container}, {@code docker}; none for all
 */
public record Selection(
        List<String> namespaces,
        List<String> excluded,
        Set<String> checks,
        @Nullable Severity severity,
        Set<String> modes,
        Set<String> sources) {
    private static final String ENFORCE = "enforce";
    private static final String DENY = "deny";

    /** Keeps what it is given. */
    public Selection {
        namespaces = List.copyOf(namespaces);
        excluded = List.copyOf(excluded);
        checks = Set.copyOf(checks);
        modes = Set.copyOf(modes);
        sources = Set.copyOf(sources);
    }

    /** Whether it can be said of a decision by its namespace and outcome alone. */
    boolean isOfNamespaces() {
        return checks.isEmpty()
                && severity == null
                && sources.isEmpty()
                && modes.containsAll(Set.of(ENFORCE, Mode.WARN.id()));
    }

    /** What is to be told of a decision, if anything is. */
    Optional<Event> of(Decision decision) {
        if (!hasNamespace(decision.namespace()) || !hasSource(decision.source())) {
            return Optional.empty();
        }
        List<RecordedFinding> findings = of(decision.findings());
        return !findings.isEmpty() || isUnread(decision) ? Optional.of(Event.of(decision, findings)) : Optional.empty();
    }

    /** Those findings that are meant; what somebody gave leave for is not. */
    List<RecordedFinding> of(List<RecordedFinding> findings) {
        return findings.stream()
                .filter(finding -> finding.exemption() == null)
                .filter(finding -> hasCheck(finding.check()) && modes.contains(finding.mode()) && isSevere(finding))
                .toList();
    }

    /** A request that is denied because nothing could be found out about it. */
    private boolean isUnread(Decision decision) {
        return decision.outcome().equals(DENY)
                && decision.findings().isEmpty()
                && modes.contains(ENFORCE)
                && checks.isEmpty();
    }

    private boolean isSevere(RecordedFinding finding) {
        return severity == null
                || Arrays.stream(Severity.values())
                        .filter(one -> one.id().equals(finding.severity()))
                        .anyMatch(one -> one.compareTo(severity) <= 0);
    }

    boolean hasCheck(String check) {
        return checks.isEmpty() || checks.contains(check);
    }

    boolean hasMode(String mode) {
        return modes.contains(mode);
    }

    private boolean hasSource(String source) {
        return sources.isEmpty() || sources.contains(source);
    }

    /** @param namespace null or empty where there is none */
    boolean hasNamespace(@Nullable String namespace) {
        String name = namespace == null ? "" : namespace;
        return (namespaces.isEmpty() || namespaces.stream().anyMatch(each -> Scope.matches(each, name)))
                && excluded.stream().noneMatch(each -> Scope.matches(each, name));
    }
}
