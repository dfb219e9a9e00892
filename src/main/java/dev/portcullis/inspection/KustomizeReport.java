package dev.portcullis.inspection;

import dev.portcullis.check.Finding;
import dev.portcullis.check.Fix;
import dev.portcullis.policy.Judged;
import dev.portcullis.workload.Edit;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code patches} for a kustomization: strategic merges that say in Git what the gate would add to the pods. */
public final class KustomizeReport extends GitOpsReport {
    /** Writes one. */
    public KustomizeReport(PrintWriter out) {
        super(out, "patches");
    }

    @Override
    boolean concerns(Inspection.Judged judged) {
        return judged.report().findings().stream().anyMatch(KustomizeReport::isApplied);
    }

    private static boolean isApplied(Judged judged) {
        return judged.fixed() && judged.counts();
    }

    @Override
    String entry(Inspection.Judged judged, String group, String name) {
        Map<String, Object> patch = new LinkedHashMap<>();
        patch.put("apiVersion", group.isEmpty() ? "v1" : group + "/v1");
        patch.put("kind", judged.report().subject().kind());
        Map<String, Object> metadata = new LinkedHashMap<>(Map.of("name", name));
        if (judged.report().subject().namespace() != null) {
            metadata.put("namespace", judged.report().subject().namespace());
        }
        patch.put("metadata", metadata);
        judged.report().findings().stream()
                .filter(KustomizeReport::isApplied)
                .map(Judged::finding)
                .forEach(finding -> merge(finding, judged.names(), patch));
        return "- patch: |\n" + yaml(patch).indent(4);
    }

    private static void merge(Finding finding, Map<String, String> names, Map<String, Object> patch) {
        Fix fix = finding.fix();
        if (fix == null) {
            return;
        }
        for (Edit edit : fix.edits()) {
            String pointer = edit.path().pointer();
            switch (edit) {
                case Edit.Set set -> write(patch, pointer, set.value(), names);
                case Edit.Append append -> write(patch, pointer, List.of(append.value()), names);
                // What the API server has put into a pod is in no file.
                case Edit.Remove _ -> {}
            }
        }
    }

    /** By names: a strategic merge finds containers and volumes by theirs. */
    @SuppressWarnings("unchecked") // all that is put in here
    private static void write(Map<String, Object> patch, String pointer, Object value, Map<String, String> names) {
        List<String> members = withinObject(pointer);
        String place = pointer.substring(0, pointer.length() - written(members).length());
        Map<String, Object> object = patch;
        for (int i = 0; i < members.size() - 1; i++) {
            String member = members.get(i);
            place += written(List.of(member));
            String name = names.get(place + written(List.of(members.get(i + 1))));
            if (name != null && isIndex(members.get(i + 1))) {
                object = named((List<Object>) object.computeIfAbsent(member, _ -> new ArrayList<>()), name);
                place += written(List.of(members.get(++i)));
            } else {
                object = (Map<String, Object>) object.computeIfAbsent(member, _ -> new LinkedHashMap<>());
            }
        }
        String last = members.getLast();
        if (value instanceof List<?> added && object.get(last) instanceof List<?> known) {
            List<Object> both = new ArrayList<>(known);
            added.stream().filter(one -> !both.contains(one)).forEach(both::add);
            object.put(last, both);
        } else {
            object.put(last, value);
        }
    }

    @SuppressWarnings("unchecked") // all that is put in there
    private static Map<String, Object> named(List<Object> list, String name) {
        for (Object element : list) {
            if (name.equals(((Map<String, Object>) element).get("name"))) {
                return (Map<String, Object>) element;
            }
        }
        Map<String, Object> element = new LinkedHashMap<>(Map.of("name", name));
        list.add(element);
        return element;
    }

    private static boolean isIndex(String member) {
        return !member.isEmpty() && member.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
