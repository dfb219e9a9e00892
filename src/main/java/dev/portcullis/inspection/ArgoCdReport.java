package dev.portcullis.inspection;

import dev.portcullis.kubernetes.PodPatch;
import dev.portcullis.workload.Subject;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * {@code ignoreDifferences} for an Application of Argo CD: what the gate changes in objects of Git. Controllers need none:
 * the gate changes their pods, and leaves their templates as they are.
 */
public final class ArgoCdReport extends GitOpsReport {
    private static final String ANNOTATION = "/metadata/annotations/" + PodPatch.ANNOTATION.replace("/", "~1");

    /** Writes one. */
    public ArgoCdReport(PrintWriter out) {
        super(out, "ignoreDifferences");
    }

    @Override
    boolean concerns(Inspection.Judged judged) {
        return !judged.patch().isEmpty();
    }

    @Override
    String entry(Inspection.Judged judged, String group, String name) {
        Subject subject = judged.report().subject();
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("group", group);
        entry.put("kind", subject.kind());
        if (subject.namespace() != null) {
            entry.put("namespace", subject.namespace());
        }
        entry.put("name", name);
        entry.put("jsonPointers", pointers(judged).stream().toList());
        return "- " + yaml(entry).indent(2).substring(2);
    }

    private static Set<String> pointers(Inspection.Judged judged) {
        Set<String> pointers = new TreeSet<>(Set.of(ANNOTATION));
        for (JsonNode operation : judged.patch()) {
            List<String> members = withinObject(operation.path("path").stringValue("/"));
            // Of what is added at the end of a list the place is not known.
            boolean atEnd = members.getLast().equals("-");
            pointers.add(written(atEnd ? members.subList(0, members.size() - 1) : members));
        }
        return pointers;
    }
}
