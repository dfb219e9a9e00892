package dev.portcullis.document;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;

/** Composes the nodes of one document from a parser's events; the recursion is as deep as the nesting, which is limited. */
final class YamlComposer {
    private final Parser parser;
    private final YamlText text;
    private final Map<String, YamlNode> anchors = new HashMap<>();
    private final Set<YamlNode> open = Collections.newSetFromMap(new IdentityHashMap<>());

    YamlComposer(Parser parser, YamlText text) {
        this.parser = parser;
        this.text = text;
    }

    /** The root of the document whose start the parser has just given; its end is consumed. */
    YamlNode compose() throws UnreadableException {
        YamlNode root = node(parser.getEvent(), 0);
        parser.getEvent();
        return root;
    }

    private YamlNode node(Event event, int depth) throws UnreadableException {
        Position position = text.position(event.getStartMark());
        if (event instanceof AliasEvent alias) {
            return new YamlNode.Alias(target(alias, position), position);
        }
        if (event instanceof ScalarEvent scalar) {
            return anchored(scalar, scalar(scalar, position));
        }
        if (depth == Json.MAX_DEPTH) {
            throw new UnreadableException(
                    "nesting over " + Json.MAX_DEPTH, position, "nest at most " + Json.MAX_DEPTH + " levels");
        }
        return event.is(Event.ID.SequenceStart)
                ? sequence((CollectionStartEvent) event, position, depth)
                : mapping((CollectionStartEvent) event, position, depth);
    }

    private YamlNode sequence(CollectionStartEvent start, Position position, int depth) throws UnreadableException {
        YamlNode.Sequence sequence = new YamlNode.Sequence(start.getTag(), position);
        anchored(start, sequence);
        open.add(sequence);
        for (Event next = parser.getEvent(); !next.is(Event.ID.SequenceEnd); next = parser.getEvent()) {
            sequence.elements().add(node(next, depth + 1));
        }
        open.remove(sequence);
        return sequence;
    }

    private YamlNode mapping(CollectionStartEvent start, Position position, int depth) throws UnreadableException {
        YamlNode.Mapping mapping = new YamlNode.Mapping(start.getTag(), position);
        anchored(start, mapping);
        open.add(mapping);
        for (Event next = parser.getEvent(); !next.is(Event.ID.MappingEnd); next = parser.getEvent()) {
            YamlNode key = node(next, depth + 1);
            mapping.entries().add(new YamlNode.Entry(key, node(parser.getEvent(), depth + 1)));
        }
        open.remove(mapping);
        return mapping;
    }

    private YamlNode scalar(ScalarEvent event, Position position) {
        boolean absent = isAbsent(event.getStartMark(), event.getEndMark());
        return new YamlNode.Scalar(
                event.getValue(), event.getTag(), event.getImplicit().canOmitTagInPlainScalar(), absent, position);
    }

    private static boolean isAbsent(Mark start, Mark end) {
        return start.getIndex() == end.getIndex();
    }

    private YamlNode anchored(NodeEvent event, YamlNode node) throws UnreadableException {
        @Nullable String anchor = event.getAnchor();
        if (anchor != null) {
            requireName(anchor, node.position());
            anchors.put(anchor, node);
        }
        return node;
    }

    private YamlNode target(AliasEvent alias, Position position) throws UnreadableException {
        String anchor = alias.getAnchor();
        requireName(anchor, position);
        YamlNode target = anchors.get(anchor);
        if (target == null) {
            throw new UnreadableException(
                    "no anchor for the alias " + UnreadableException.quoted(anchor),
                    position,
                    "define the anchor before it");
        }
        if (open.contains(target)) {
            throw new UnreadableException(
                    "the alias " + UnreadableException.quoted(anchor) + " stands inside what it repeats",
                    position,
                    "write the value out");
        }
        return target;
    }

    private static void requireName(String anchor, Position position) throws UnreadableException {
        if (!anchor.matches("[0-9A-Za-z_-]+")) {
            throw new UnreadableException(
                    "the anchor name " + UnreadableException.quoted(anchor) + " is not one that Kubernetes reads",
                    position,
                    "use letters, digits, _ and -");
        }
    }
}
