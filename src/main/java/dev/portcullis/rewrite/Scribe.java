package dev.portcullis.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Writes single changes into the text of one document, each in the manner of what stands around it. */
final class Scribe {
    private final Lines lines;
    private final BlockStyle style;
    private final List<Splice> splices = new ArrayList<>();

    Scribe(Lines lines, BlockStyle style) {
        this.lines = lines;
        this.style = style;
    }

    List<Splice> splices() {
        return splices;
    }

    /** Writes another value where one stands. */
    void replace(Node node, JsonNode value, Slot slot) throws UnwritableException {
        requireUntagged(node);
        if (slot.flow() != null) {
            put(content(node), end(node), flow(slot.flow(), node).value(value, lines.indent(node.start())));
        } else if (isBlock(node)) {
            replaceBlock(node, value, slot);
        } else {
            replaceInBlock(node, value, slot);
        }
    }

    private void replaceInBlock(Node node, JsonNode value, Slot slot) throws UnwritableException {
        int from = content(node);
        BlockText text = block(end(node));
        if (!text.fits(value) && !isFilledFlow(node)) {
            nest(from, node, value, slot);
            return;
        }
        String written = value.isContainer()
                ? flow(style(node), node).value(value, lines.indent(node.start()))
                : ScalarText.of(value, ScalarText.Place.BLOCK, quoting(node));
        put(from, end(node), isAbsent(node) ? " " + written : written);
    }

    /** A collection that gets lines of its own, where none had any. */
    private void nest(int from, Node node, JsonNode value, Slot slot) {
        BlockText text = block(end(node));
        if (slot.kind() == Slot.Kind.MEMBER) {
            if (from < end(node)) {
                put(lines.behindBlanks(from), end(node), "");
            }
            int at = lines.end(end(node));
            put(at, at, text.below(value, slot.column()));
        } else if (isAbsent(node)) {
            put(end(node), end(node), " " + text.value(value, lines.column(end(node)) + 1));
        } else {
            put(from, end(node), text.value(value, lines.column(from)));
        }
    }

    private void replaceBlock(Node node, JsonNode value, Slot slot) throws UnwritableException {
        int first = first(node);
        BlockText text = block(first);
        if (value.isContainer() && !value.isEmpty()) {
            put(first, end(node), text.value(value, lines.column(first)));
            return;
        }
        int end = lines.end(slot.behind());
        boolean below = slot.kind() == Slot.Kind.MEMBER && end < first;
        if (!below || node.anchor() != null) {
            throw new UnwritableException("nothing but a block can stand there: edit it by hand");
        }
        put(slot.behind(), slot.behind(), " " + text.scalar(value));
        put(end, lines.end(end(node)), "");
    }

    /** Adds members behind those that a mapping has. */
    void members(Node.Mapping mapping, Map<String, JsonNode> added, Slot slot) throws UnwritableException {
        Node.Entry last = mapping.entries().getLast();
        if (mapping.flow()) {
            FlowText text = flow(slot.flowStyle().of(mapping, lines), mapping);
            String indent = lines.indent(last.key().start());
            List<String> items = new ArrayList<>();
            added.forEach((name, value) -> items.add(text.member(name, value, indent)));
            addToFlow(mapping, last.value().end(), items, text, indent);
            return;
        }
        int first = mapping.entries().getFirst().key().start();
        requireSimpleKey(first);
        int column = lines.column(first);
        List<String> items = new ArrayList<>();
        BlockText text = block(mapping.end());
        added.forEach((name, value) -> items.add(text.member(name, value, column)));
        addLines(mapping, last.value(), column, column, items);
    }

    private void requireSimpleKey(int key) throws UnwritableException {
        int before = lines.behindBlanks(key) - 1;
        if (before >= 0 && before < key - 1 && lines.text().charAt(before) == '?') {
            throw new UnwritableException("the mapping has keys behind question marks: edit it by hand");
        }
    }

    /** Adds elements behind those that a sequence has. */
    void elements(Node.Sequence sequence, List<JsonNode> added, Slot slot) throws UnwritableException {
        Node last = sequence.elements().getLast();
        if (sequence.flow()) {
            FlowText text = flow(slot.flowStyle().of(sequence, lines), sequence);
            String indent = lines.indent(last.start());
            List<String> items =
                    added.stream().map(value -> text.value(value, indent)).toList();
            addToFlow(sequence, last.end(), items, text, indent);
            return;
        }
        int dash = dash(last);
        int column = lines.column(dash);
        String gap = lines.text().substring(dash + 1, last.start());
        String usual = gap.isBlank() && !gap.isEmpty() && gap.chars().allMatch(c -> c == ' ') ? gap : " ";
        BlockText text = block(sequence.end());
        List<String> items =
                added.stream().map(value -> text.element(value, column, usual)).toList();
        addLines(sequence, last, column, Math.max(column, slot.column() + 1), items);
    }

    /** @param inside from which column on comments that follow belong to the block */
    private void addLines(Node block, Node last, int column, int inside, List<String> items)
            throws UnwritableException {
        String indent = " ".repeat(column);
        String lineBreak = lines.breakAt(block.end());
        requireOwnEnd(deepest(last));
        if (deepest(last) instanceof Node.Scalar scalar && scalar.quoting() == Node.Quoting.KEEPING_BLOCK) {
            int at = scalar.end();
            items.forEach(item -> put(at, at, indent + item + lineBreak));
            return;
        }
        int end = lines.end(block.end());
        int at = lines.endOfAllComments(end, Math.max(inside, 1));
        items.forEach(item -> put(at, at, lineBreak + indent + item));
    }

    /** A block scalar that ends the text without a line break would get one when something follows it. */
    private void requireOwnEnd(Node last) throws UnwritableException {
        boolean open = last.end() == lines.text().length() && lines.start(last.end()) != last.end();
        boolean block = last instanceof Node.Scalar scalar
                && (scalar.quoting() == Node.Quoting.BLOCK || scalar.quoting() == Node.Quoting.KEEPING_BLOCK);
        boolean strips =
                lines.text().substring(last.start(), lines.end(last.start())).indexOf('-') >= 0;
        if (open && block && !strips) {
            throw new UnwritableException(
                    "the file lacks a line break at its end, which the text there needs: add one");
        }
    }

    private static Node deepest(Node node) {
        Node last = node;
        while (true) {
            switch (last) {
                case Node.Mapping mapping
                when !mapping.flow() -> last = mapping.entries().getLast().value();
                case Node.Sequence sequence
                when !sequence.flow() -> last = sequence.elements().getLast();
                default -> {
                    return last;
                }
            }
        }
    }

    private void addToFlow(Node whole, int end, List<String> items, FlowText text, String indent)
            throws UnwritableException {
        int next = end;
        while (Character.isWhitespace(lines.text().charAt(next))) {
            next++;
        }
        char following = lines.text().charAt(next);
        if (following == '#'
                && lines.text()
                        .substring(lines.end(next), whole.end())
                        .stripLeading()
                        .startsWith(",")) {
            throw new UnwritableException("a comment stands in front of a comma there: edit it by hand");
        }
        boolean trailing = following == ',';
        int at = trailing ? next + 1 : end;
        String between = text.style().apart()
                ? text.lineBreak() + indent
                : text.style().comma().substring(1);
        String added = String.join("," + between, items) + (trailing ? "," : "");
        if (!trailing) {
            put(at, at, ",");
        }
        int line = text.style().apart() ? endOfComment(at) : at;
        put(line, line, between + added);
    }

    /** The end of the line where nothing but a comment follows on it; else the place itself. */
    private int endOfComment(int offset) {
        int end = lines.end(offset);
        String rest = lines.text().substring(offset, end).strip();
        return rest.startsWith("#") ? end : offset;
    }

    /** Takes one of several elements out of a sequence. */
    void remove(Node.Sequence sequence, int index) throws UnwritableException {
        if (sequence.flow()) {
            removeFromFlow(sequence.elements(), index);
        } else {
            removeLines(sequence.elements().get(index));
        }
    }

    /** With the comma in front of it; the first one with the comma behind it. */
    private void removeFromFlow(List<Node> elements, int index) {
        if (index > 0) {
            put(elements.get(index - 1).end(), elements.get(index).end(), "");
        } else {
            put(elements.get(0).start(), elements.get(1).start(), "");
        }
    }

    private void removeLines(Node element) throws UnwritableException {
        int dash = dash(element);
        int start = lines.start(dash);
        int end = lines.endOfComments(lines.end(element.end()), lines.column(dash) + 1);
        if (!lines.text().substring(start, dash).isBlank() || isKeeping(element)) {
            throw new UnwritableException("it shares a line with something else: take it out by hand");
        }
        if (end < lines.text().length()) {
            put(start, lines.next(end), "");
        } else {
            // The break in front goes with the last line of a text that does not end in one.
            int before = start > 0 && lines.text().charAt(start - 1) == '\n' ? start - 1 : start;
            put(before > 0 && lines.text().charAt(before - 1) == '\r' ? before - 1 : before, end, "");
        }
    }

    /** Where the text of a node ends that is replaced: blank lines behind a scalar that keeps them may stay. */
    private int end(Node node) {
        int end = node.end();
        while (isKeeping(node) && Character.isWhitespace(lines.text().charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean isKeeping(Node element) {
        return deepest(element) instanceof Node.Scalar scalar && scalar.quoting() == Node.Quoting.KEEPING_BLOCK;
    }

    /** Merges what an alias repeats into a mapping of its own, with members beside it. */
    void overlay(Node.Alias alias, Map<String, JsonNode> added, Slot slot) {
        String merged = "<<: *" + alias.name();
        if (slot.flow() != null) {
            FlowText text = flow(slot.flow().inline(), alias);
            StringBuilder written = new StringBuilder("{").append(merged);
            added.forEach((name, value) -> written.append(", ").append(text.member(name, value, "")));
            put(alias.start(), alias.end(), written.append('}').toString());
            return;
        }
        BlockText text = block(alias.end());
        boolean below = slot.kind() == Slot.Kind.MEMBER;
        int column = below ? slot.column() + style.step() : lines.column(alias.start());
        String indent = text.lineBreak() + " ".repeat(column);
        StringBuilder written = new StringBuilder(below ? indent : "").append(merged);
        added.forEach((name, value) -> written.append(indent).append(text.member(name, value, column)));
        if (below) {
            int at = lines.end(alias.end());
            put(lines.behindBlanks(alias.start()), alias.end(), "");
            put(at, at, written.toString());
        } else {
            put(alias.start(), alias.end(), written.toString());
        }
    }

    /** The place of the dash in front of an element. */
    private int dash(Node element) throws UnwritableException {
        int at = element.start() - 1;
        while (at >= 0 && (lines.text().charAt(at) == ' ' || lines.text().charAt(at) == '\t')) {
            at--;
        }
        if (at < 0 || lines.text().charAt(at) != '-') {
            throw new UnwritableException("its dash stands on another line: edit it by hand");
        }
        return at;
    }

    private FlowStyle style(Node node) {
        return switch (node) {
            case Node.Mapping mapping -> FlowStyle.USUAL.of(mapping, lines);
            case Node.Sequence sequence -> FlowStyle.USUAL.of(sequence, lines);
            default -> style.lists() == null ? FlowStyle.USUAL : style.lists().inline();
        };
    }

    private FlowText flow(FlowStyle flow, Node near) {
        return new FlowText(flow, lines.breakAt(near.start()));
    }

    private BlockText block(int near) {
        return new BlockText(style, lines.breakAt(near));
    }

    /** Where a node begins behind its anchor. */
    private int content(Node node) {
        String text = lines.text();
        if (node.anchor() == null) {
            return node.start();
        }
        int at = node.start() + 1 + node.anchor().length();
        while (at < node.end() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static void requireUntagged(Node node) throws UnwritableException {
        if (node.tagged()) {
            throw new UnwritableException("a tag stands in front of the value: edit it by hand");
        }
    }

    private static boolean isAbsent(Node node) {
        return node instanceof Node.Scalar scalar && scalar.quoting() == Node.Quoting.ABSENT;
    }

    private static Node.Quoting quoting(Node node) {
        return node instanceof Node.Scalar scalar ? scalar.quoting() : Node.Quoting.PLAIN;
    }

    private static boolean isBlock(Node node) {
        return (node instanceof Node.Mapping mapping && !mapping.flow())
                || (node instanceof Node.Sequence sequence && !sequence.flow());
    }

    private static boolean isFilledFlow(Node node) {
        return (node instanceof Node.Mapping mapping && !mapping.entries().isEmpty())
                || (node instanceof Node.Sequence sequence
                        && !sequence.elements().isEmpty());
    }

    /** Where the first entry of a block begins. */
    private int first(Node node) throws UnwritableException {
        return node instanceof Node.Mapping mapping
                ? mapping.entries().getFirst().key().start()
                : dash(((Node.Sequence) node).elements().getFirst());
    }

    private void put(int start, int end, String replacement) {
        splices.add(new Splice(start, end, replacement));
    }
}
