package dev.portcullis.cel;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.portcullis.check.Words;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a rule's fix may write into a pod. */
final class PodSchema {
    private static final Schema SCHEMA = Schema.bundled();
    private static final CelType POD = SCHEMA.objectOf("Pod");
    private static final Set<String> WRITABLE_METADATA = Set.of("labels", "annotations");

    private PodSchema() {}

    /**
     * Refuses what is no field of a pod, is in or is a list, or has another type than the value.
     *
     * @param members the path
     * @param place of the operation in the rule, as a JSON Pointer
     */
    static void requireWritable(List<String> members, JsonNode value, String place) throws RuleException {
        String first = members.getFirst();
        boolean metadata =
                first.equals("metadata") && members.size() == 3 && WRITABLE_METADATA.contains(members.get(1));
        boolean spec = first.equals("spec") && members.size() > 1;
        if (!metadata && !spec) {
            throw new RuleException(
                    place + "/path",
                    "a rule's fix may write one label, one annotation or a field of the spec: write it as"
                            + " /metadata/labels/team");
        }
        CelType type = POD;
        for (String member : members) {
            type = below(type, member, place);
        }
        requireType(type, value, members.getLast(), place);
    }

    private static CelType below(CelType owner, String member, String place) throws RuleException {
        if (owner instanceof ListType) {
            throw listed(place);
        }
        if (owner instanceof MapType map) {
            return map.valueType();
        }
        CelType field = SCHEMA.field(owner, member);
        if (field == null) {
            String hint = SCHEMA.nearest(member)
                    .map(near -> "; did you mean " + Words.value(near) + "?")
                    .orElse("");
            throw new RuleException(place + "/path", "a pod has no field " + Words.value(member) + " there" + hint);
        }
        return field;
    }

    private static RuleException listed(String place) {
        return new RuleException(place + "/path", "leads to a list, which a rule's fix leaves alone");
    }

    private static void requireType(CelType type, JsonNode value, String name, String place) throws RuleException {
        if (type instanceof ListType) {
            throw listed(place);
        }
        boolean fits = switch (type.kind()) {
            case STRING -> value.isString();
            case BOOL -> value.isBoolean();
            case INT -> value.isIntegralNumber() && value.canConvertToLong();
            case DOUBLE -> value.isNumber();
            case DYN -> value.isString() || value.isIntegralNumber();
            case MAP -> value.isObject();
            default -> type.kind() == CelKind.STRUCT && value.isObject();
        };
        if (!fits) {
            throw new RuleException(place + "/value", Words.value(name) + " takes " + words(type));
        }
        if (value.isObject()) {
            for (var member : value.properties()) {
                CelType below = below(type, member.getKey(), place);
                requireType(below, member.getValue(), member.getKey(), place);
            }
        }
    }

    private static String words(CelType type) {
        return switch (type.kind()) {
            case STRING -> "text";
            case BOOL -> "true or false";
            case INT -> "a whole number";
            case DOUBLE -> "a number";
            case DYN -> "text or a whole number";
            default -> "an object";
        };
    }
}
