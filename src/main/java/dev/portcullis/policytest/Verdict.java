package dev.portcullis.policytest;

import dev.portcullis.policy.Judged;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Report;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * What policies make of a resource.
 *
 * @param patch what they would apply
 * @param patched what they make of it after that; null where nothing is applied
 */
record Verdict(Report report, ArrayNode patch, @Nullable Report patched) {
    List<Judged> violations() {
        return report.findings().stream().filter(Judged::counts).toList();
    }

    List<JsonNode> operations() {
        return List.copyOf(patch.values());
    }

    Set<String> exempted() {
        return report.exempted().stream().map(Verdict::exempted).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String exempted(Judged judged) {
        String by = judged.exemption() == null ? "" : judged.exemption().id();
        return judged.finding().check().id() + "=" + by;
    }

    /** The checks that deny after the patch. */
    Set<String> remaining() {
        return (patched == null ? report : patched)
                .violations(Mode.ENFORCE).stream()
                        .map(judged -> judged.finding().check().id())
                        .collect(Collectors.toCollection(TreeSet::new));
    }
}
