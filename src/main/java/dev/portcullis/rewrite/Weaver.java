package dev.portcullis.rewrite;

import dev.portcullis.document.YamlDialect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Compares what a document says with what it is to say, node by node, and has the differences written. */
final class Weaver {
    private final Lines lines;
    private final YamlDialect dialect;
    private final Page page;
    private final Replacement replacement;
    private final Addition addition;
    private final Removal removal;
    private final Copy copy;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private final List<Conflict> conflicts = new ArrayList<>();

    /**
     * What cannot be written.
     *
     * @param pointer to the value that would have to change
     * @param reason why, and how to go on
     */
    record Conflict(String pointer, String reason) {}

    /** What the document will say at an anchor. */
    private record Anchored(String pointer, JsonNode before, JsonNode after) {}

    private Weaver(Lines lines, YamlDialect dialect, BlockStyle style, Copy copy) {
        this.lines = lines;
        this.dialect = dialect;
        this.page = new Page(lines, style);
        this.replacement = new Replacement(page);
        this.addition = new Addition(page);
        this.removal = new Removal(page);
        this.copy = copy;
    }

    /**
     * What is to be put into the text.
     *
     * @param splices complete only where there are no conflicts
     */
    record Woven(List<Splice> splices, List<Conflict> conflicts) {}

    static Woven weave(Lines lines, YamlDialect dialect, Node root, Copy copy) {
        Weaver weaver = new Weaver(lines, dialect, BlockStyle.of(root, lines), copy);
        weaver.value(root, copy.original(), copy.changed(), Slot.root(root));
        return new Woven(weaver.page.splices(), weaver.conflicts);
    }

    private void value(Node node, JsonNode before, JsonNode after, Slot slot) {
        if (node.anchor() != null) {
            anchors.put(node.anchor(), new Anchored(slot.pointer(), before, after));
        }
        try {
            switch (node) {
                case Node.Alias alias -> alias(alias, before, after, slot);
                case Node.Mapping mapping
                when keepsAll(mapping, before, after) -> mapping(mapping, before, after, slot);
                case Node.Sequence sequence
                when after.isArray() && !sequence.elements().isEmpty() -> sequence(sequence, before, after, slot);
                default -> {
                    if (!before.equals(after)) {
                        replacement.replace(node, after, slot);
                    }
                }
            }
        } catch (UnwritableException unwritable) {
            conflict(slot.pointer(), String.valueOf(unwritable.getMessage()));
        }
    }

    /** Whether a mapping can be changed member by member. */
    private static boolean keepsAll(Node.Mapping mapping, JsonNode before, JsonNode after) {
        return after.isObject()
                && !mapping.entries().isEmpty()
                && before.propertyNames().stream().allMatch(after::has);
    }

    private void mapping(Node.Mapping mapping, JsonNode before, JsonNode after, Slot slot) throws UnwritableException {
        FlowStyle flow = mapping.flow() ? slot.flowStyle().of(mapping, lines) : null;
        Set<String> own = new HashSet<>();
        List<Anchored> merged = new ArrayList<>();
        for (Node.Entry entry : mapping.entries()) {
            if (entry.merges()) {
                merged.addAll(merged(entry.value()));
            } else {
                own.add(String.valueOf(entry.name()));
                member(entry, before, after, slot, flow);
            }
        }
        Map<String, JsonNode> added = added(before, after, own, merged, slot);
        if (!added.isEmpty()) {
            addition.members(mapping, added, slot);
        }
    }

    private void member(Node.Entry entry, JsonNode before, JsonNode after, Slot slot, @Nullable FlowStyle flow) {
        String name = entry.name();
        JsonNode old = name == null ? null : before.get(name);
        JsonNode now = name == null ? null : after.get(name);
        // A key that the reader takes for another text is none that a fix asks for.
        if (name != null && old != null && now != null) {
            int column = lines.column(entry.key().start());
            value(entry.value(), old, now, new Slot(slot.member(name), Slot.Kind.MEMBER, behind(entry), column, flow));
        }
    }

    /** The place behind the colon. */
    private int behind(Node.Entry entry) {
        int colon = lines.text().indexOf(':', entry.key().end());
        return colon < 0 ? entry.key().end() : colon + 1;
    }

    private List<Anchored> merged(Node value) {
        List<Anchored> merged = new ArrayList<>();
        List<Node> sources = value instanceof Node.Sequence sequence ? sequence.elements() : List.of(value);
        for (Node source : sources) {
            Anchored anchored = source instanceof Node.Alias alias ? anchors.get(alias.name()) : null;
            if (anchored != null) {
                merged.add(anchored);
            }
        }
        return merged;
    }

    /** The members that a mapping must say itself now, in their order. */
    private Map<String, JsonNode> added(
            JsonNode before, JsonNode after, Set<String> own, List<Anchored> merged, Slot slot) {
        Map<String, JsonNode> added = new LinkedHashMap<>();
        Map<String, JsonNode> brought = brought(after, own, merged);
        for (Map.Entry<String, JsonNode> member : after.properties()) {
            String name = member.getKey();
            JsonNode comes = brought.getOrDefault(name, before.get(name));
            if (!own.contains(name) && !member.getValue().equals(comes)) {
                if (comes != null && dialect == YamlDialect.KUBERNETES) {
                    conflict(
                            slot.member(name),
                            "the value comes through the merge key <<, beside which it cannot be written again: write it where it is merged from, or copy that mapping");
                } else {
                    added.put(name, member.getValue());
                }
            }
        }
        return added;
    }

    /** What merge keys will bring into a mapping, the first of two first. What it must not bring is a conflict. */
    private Map<String, JsonNode> brought(JsonNode after, Set<String> own, List<Anchored> merged) {
        Map<String, JsonNode> brought = new HashMap<>();
        for (Anchored source : merged) {
            for (Map.Entry<String, JsonNode> member : source.after.properties()) {
                String name = member.getKey();
                boolean twice = own.contains(name) && dialect == YamlDialect.KUBERNETES;
                if (!after.has(name) || twice) {
                    conflict(source.pointer + "/" + name, "it is merged elsewhere by <<, and would change there too");
                }
                brought.putIfAbsent(name, member.getValue());
            }
        }
        return brought;
    }

    private void alias(Node.Alias alias, JsonNode before, JsonNode after, Slot slot) throws UnwritableException {
        Anchored target = anchors.get(alias.name());
        if (target == null || target.after.equals(after)) {
            return;
        }
        if (before.equals(after)) {
            conflict(
                    target.pointer,
                    "the alias *" + alias.name() + " on line "
                            + lines.position(alias.start()).line()
                            + " repeats it, and would change too: write the value out there");
            return;
        }
        Map<String, JsonNode> more = new LinkedHashMap<>();
        after.properties().forEach(member -> more.put(member.getKey(), member.getValue()));
        target.after.propertyNames().forEach(more::remove);
        boolean overlays = target.after.isObject()
                && !target.after.isEmpty()
                && target.after.properties().stream()
                        .allMatch(member -> member.getValue().equals(after.get(member.getKey())));
        if (overlays) {
            replacement.overlay(alias, more, slot);
        } else {
            replacement.replace(alias, after, slot);
        }
    }

    private void sequence(Node.Sequence sequence, JsonNode before, JsonNode after, Slot slot)
            throws UnwritableException {
        List<Alignment.Pair> pairs = Alignment.of(before, after, copy);
        List<Alignment.Pair> kept =
                pairs.stream().filter(Alignment.Pair::isKept).toList();
        boolean shrinks = pairs.stream().anyMatch(Alignment.Pair::isRemoved);
        if (shrinks && kept.isEmpty()) {
            replacement.replace(sequence, after, slot);
            return;
        }
        FlowStyle flow = sequence.flow() ? slot.flowStyle().of(sequence, lines) : null;
        List<JsonNode> added = new ArrayList<>();
        boolean leads = true;
        for (Alignment.Pair pair : pairs) {
            if (pair.isKept()) {
                leads = false;
                element(sequence.elements().get(pair.before()), pair, before, slot, flow);
            } else if (pair.isRemoved()) {
                removal.remove(sequence, pair.before(), leads);
            } else if (pair.after() != null) {
                added.add(pair.after());
            }
        }
        if (!added.isEmpty()) {
            addition.elements(sequence, added, slot);
        }
    }

    private void element(Node node, Alignment.Pair pair, JsonNode before, Slot slot, @Nullable FlowStyle flow) {
        JsonNode now = pair.after();
        JsonNode old = before.get(pair.before());
        if (now == null || old == null) {
            return;
        }
        String pointer = slot.pointer() + "/" + pair.before();
        // The dash may stand on another line, which matters only to what would be written beside it.
        int column = Math.max(lines.column(node.start()) - 2, slot.column());
        value(node, old, now, new Slot(pointer, Slot.Kind.ELEMENT, node.start(), column, flow));
    }

    private void conflict(String pointer, String reason) {
        conflicts.add(new Conflict(pointer, reason));
    }
}
