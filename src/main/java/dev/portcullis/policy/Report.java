package dev.portcullis.policy;

import dev.portcullis.check.Finding;
import dev.portcullis.check.Fix;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was found about one subject.
 *
 * @param policies those that applied
 * @param findings in the order of the catalogue
 */
public record Report(Subject subject, List<Policy> policies, List<Judged> findings) {

    /** Whether the subject may start. */
    public boolean allowed() {
        return findings.stream().noneMatch(Judged::denies);
    }

    /** The violations in a mode. */
    public List<Judged> violations(Mode mode) {
        return findings.stream()
                .filter(judged -> judged.mode() == mode && judged.finding().isViolation())
                .toList();
    }

    /** The edits of the fixes that are to be applied, each once. */
    public List<Edit> edits() {
        return findings.stream()
                .filter(Judged::fixed)
                .map(judged -> judged.finding().fix())
                .filter(Objects::nonNull)
                .map(Fix::edits)
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /** The same where what an applied fix will clear only warns: for a controller, whose pods are fixed later. */
    public Report withFixesToCome() {
        return lowering(Judged::fixed);
    }

    /**
     * The same where what the earlier state had already only warns: for an update.
     *
     * @param before the earlier state by the same policies
     * @param renewed containers whose findings are all new, because their image changed
     */
    public Report since(Report before, Predicate<String> renewed) {
        Set<Identity> known = new HashSet<>();
        before.findings.forEach(judged -> known.add(Identity.of(judged.finding())));
        return lowering(judged -> {
            String container = judged.finding().container();
            return (container == null || !renewed.test(container)) && known.contains(Identity.of(judged.finding()));
        });
    }

    /** The same where nothing denies any more: for an update that does not touch what is judged. */
    public Report warningOnly() {
        return lowering(judged -> true);
    }

    private Report lowering(Predicate<Judged> lowered) {
        List<Judged> changed = new ArrayList<>(findings.size());
        findings.forEach(judged -> changed.add(lowered.test(judged) ? judged.lowered() : judged));
        return new Report(subject, policies, changed);
    }

    private record Identity(
            String check,
            @Nullable String container,
            String shape,
            @Nullable Object value) {
        static Identity of(Finding finding) {
            String shape = finding.path() == null ? "" : finding.path().shape();
            return new Identity(finding.check().id(), finding.container(), shape, finding.value());
        }
    }
}
