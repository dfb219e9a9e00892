package dev.portcullis.rewrite;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** Finds the nodes of a YAML text that has been read before, and so is nested within the reader's limits. */
final class YamlLayout {
    private final String text;
    private final Parser parser;
    private final boolean astral;
    private int seen;
    private int seenIndex;

    private YamlLayout(String text) {
        this.text = text;
        this.astral = text.codePointCount(0, text.length()) < text.length();
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        options.setNestingDepthLimit(Integer.MAX_VALUE);
        this.parser = new ParserImpl(new StreamReader(text), options);
    }

    /**
     * The roots of all documents.
     *
     * @throws org.yaml.snakeyaml.error.YAMLException where the text is no YAML
     */
    static List<Node> read(String text) {
        YamlLayout layout = new YamlLayout(text);
        List<Node> roots = new ArrayList<>();
        while (!layout.parser.checkEvent(Event.ID.StreamEnd)) {
            if (layout.parser.getEvent().is(Event.ID.DocumentStart)) {
                roots.add(layout.node(layout.parser.getEvent()));
            }
        }
        return roots;
    }

    private Node node(Event event) {
        int start = offset(event.getStartMark());
        return switch (event) {
            case AliasEvent alias -> new Node.Alias(start, offset(alias.getEndMark()), alias.getAnchor());
            case ScalarEvent scalar -> scalar(scalar, start);
            case MappingStartEvent mapping -> mapping(mapping, start);
            default -> sequence((CollectionStartEvent) event, start);
        };
    }

    private Node mapping(CollectionStartEvent opened, int start) {
        List<Node.Entry> entries = new ArrayList<>();
        int end = start;
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            Event first = parser.getEvent();
            String name = first instanceof ScalarEvent scalar ? scalar.getValue() : null;
            Node key = node(first);
            Node value = node(parser.getEvent());
            entries.add(new Node.Entry(key, name, value));
            end = value.end();
        }
        end = end(opened, end);
        return new Node.Mapping(start, end, anchor(opened), opened.getTag() != null, opened.isFlow(), entries);
    }

    private Node sequence(CollectionStartEvent opened, int start) {
        List<Node> elements = new ArrayList<>();
        int end = start;
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            Node element = node(parser.getEvent());
            elements.add(element);
            end = element.end();
        }
        end = end(opened, end);
        return new Node.Sequence(start, end, anchor(opened), opened.getTag() != null, opened.isFlow(), elements);
    }

    /** The parser takes what follows a block for a part of it. */
    private int end(CollectionStartEvent opened, int last) {
        Event closed = parser.getEvent();
        return opened.isFlow() ? offset(closed.getEndMark()) : last;
    }

    private static @Nullable String anchor(CollectionStartEvent opened) {
        return opened.getAnchor();
    }

    private Node scalar(ScalarEvent event, int start) {
        int end = offset(event.getEndMark());
        Node.Quoting quoting = quoting(event, start);
        if (quoting == Node.Quoting.BLOCK) {
            while (Character.isWhitespace(text.charAt(end - 1))) {
                end--;
            }
        }
        return new Node.Scalar(start, end, event.getAnchor(), event.getTag() != null, quoting);
    }

    private Node.Quoting quoting(ScalarEvent event, int start) {
        ScalarStyle style = event.getScalarStyle();
        return switch (style) {
            case SINGLE_QUOTED -> Node.Quoting.SINGLE;
            case DOUBLE_QUOTED -> Node.Quoting.DOUBLE;
            case LITERAL, FOLDED -> keeps(start) ? Node.Quoting.KEEPING_BLOCK : Node.Quoting.BLOCK;
            default -> event.getValue().isEmpty() ? Node.Quoting.ABSENT : Node.Quoting.PLAIN;
        };
    }

    /** Whether the first line of a block has a plus sign in front of any comment. */
    private boolean keeps(int start) {
        for (int i = start; i < text.length() && "\r\n#".indexOf(text.charAt(i)) < 0; i++) {
            if (text.charAt(i) == '+') {
                return true;
            }
        }
        return false;
    }

    /** The place of a mark, which counts code points. */
    private int offset(Mark mark) {
        if (!astral) {
            return mark.getIndex();
        }
        seen = text.offsetByCodePoints(seen, mark.getIndex() - seenIndex);
        seenIndex = mark.getIndex();
        return seen;
    }
}
