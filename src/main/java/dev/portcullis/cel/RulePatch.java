package dev.portcullis.cel;

import dev.portcullis.check.Fix;
import dev.portcullis.check.Words;
import dev.portcullis.workload.Edit;
import dev.portcullis.workload.FieldPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fix that a rule offers: members of the pod that are written, each with the objects above it that are missing. It
 * writes labels, annotations and fields of the spec, never a list or what is in one, nor what makes the pod the one it is.
 */
final class RulePatch {
    private static final int MOST_OPERATIONS = 64;
    private static final List<String> MEMBERS = List.of("op", "path", "value");
    private static final List<String> WRITING = List.of("add", "replace");

    private record Written(List<String> members, Object value) {}

    private final List<Written> written;

    private RulePatch(List<Written> written) {
        this.written = written;
    }

    /**
     * Reads one.
     *
     * @throws RuleException where it would do what no fix of a rule may do
     */
    static RulePatch read(JsonNode patch) throws RuleException {
        if (!patch.isArray() || patch.isEmpty() || patch.size() > MOST_OPERATIONS) {
            throw new RuleException(
                    "/fix/patch", "must be a list of 1 to " + MOST_OPERATIONS + " operations of a JSON Patch");
        }
        List<Written> written = new ArrayList<>();
        for (int i = 0; i < patch.size(); i++) {
            written.add(operation(patch.get(i), "/fix/patch/" + i));
        }
        return new RulePatch(List.copyOf(written));
    }

    private static Written operation(JsonNode operation, String place) throws RuleException {
        for (String member : operation.propertyNames()) {
            if (!MEMBERS.contains(member)) {
                throw new RuleException(
                        place + "/" + member, "there is no such field; an operation has op, path, value");
            }
        }
        String op = operation.path("op").stringValue("");
        if (!WRITING.contains(op)) {
            throw new RuleException(place + "/op", "is " + Words.value(op) + "; a rule's fix may add or replace");
        }
        JsonNode value = operation.get("value");
        if (value == null || value.isNull()) {
            throw new RuleException(place + "/value", "is missing: say what is to be written");
        }
        String pointer = operation.path("path").stringValue("");
        List<String> members = members(pointer, place + "/path");
        PodSchema.requireWritable(members, value, place);
        return new Written(members, plain(value));
    }

    private static List<String> members(String pointer, String place) throws RuleException {
        if (!pointer.startsWith("/")) {
            throw new RuleException(
                    place, "is " + Words.value(pointer) + ", which is no path: write it as /metadata/labels/team");
        }
        List<String> members = new ArrayList<>();
        for (String token : pointer.substring(1).split("/", -1)) {
            members.add(token.replace("~1", "/").replace("~0", "~"));
        }
        return List.copyOf(members);
    }

    /** As an edit has it. */
    private static Object plain(JsonNode value) {
        return switch (value.getNodeType()) {
            case BOOLEAN -> value.booleanValue();
            case NUMBER -> value.longValue();
            case ARRAY -> {
                List<Object> elements = new ArrayList<>();
                value.forEach(element -> elements.add(plain(element)));
                yield elements;
            }
            case OBJECT -> {
                Map<String, Object> object = new LinkedHashMap<>();
                value.properties().forEach(member -> object.put(member.getKey(), plain(member.getValue())));
                yield object;
            }
            default -> value.asString("");
        };
    }

    /**
     * The fix for one pod.
     *
     * @param pod where it stands in its document
     */
    static @Nullable Fix fix(@Nullable RulePatch patch, FieldPath pod) {
        if (patch == null) {
            return null;
        }
        List<Edit> edits = new ArrayList<>();
        for (Written one : patch.written) {
            edits.add(new Edit.Set(pod.descend(one.members().toArray(String[]::new)), one.value()));
        }
        return new Fix(Fix.Reach.SAFE, List.copyOf(edits));
    }
}
