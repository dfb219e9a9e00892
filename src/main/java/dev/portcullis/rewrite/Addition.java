package dev.portcullis.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Writes members and elements behind those that are there, each in the manner of these. */
final class Addition {
    private final Page page;

    Addition(Page page) {
        this.page = page;
    }

    /** Adds members behind those that a mapping has. */
    void members(Node.Mapping mapping, Map<String, JsonNode> added, Slot slot) throws UnwritableException {
        Node.Entry last = mapping.entries().getLast();
        if (mapping.flow()) {
            FlowText text = page.flow(slot.flowStyle().of(mapping, page.lines()), mapping);
            String indent = page.lines().indent(last.key().start());
            List<String> items = new ArrayList<>();
            added.forEach((name, value) -> items.add(text.member(name, value, indent)));
            addToFlow(mapping, last.value().end(), items, text, indent);
            return;
        }
        int first = mapping.entries().getFirst().key().start();
        requireSimpleKey(first);
        int column = page.lines().column(first);
        List<String> items = new ArrayList<>();
        BlockText text = page.block(mapping.end());
        added.forEach((name, value) -> items.add(text.member(name, value, column)));
        addLines(mapping, last.value(), column, column, items);
    }

    /** Adds elements behind those that a sequence has. */
    void elements(Node.Sequence sequence, List<JsonNode> added, Slot slot) throws UnwritableException {
        Node last = sequence.elements().getLast();
        if (sequence.flow()) {
            FlowText text = page.flow(slot.flowStyle().of(sequence, page.lines()), sequence);
            String indent = page.lines().indent(last.start());
            List<String> items =
                    added.stream().map(value -> text.value(value, indent)).toList();
            addToFlow(sequence, last.end(), items, text, indent);
            return;
        }
        int dash = page.dash(last);
        int column = page.lines().column(dash);
        String gap = page.lines().text().substring(dash + 1, last.start());
        String usual = gap.isBlank() && !gap.isEmpty() && gap.chars().allMatch(c -> c == ' ') ? gap : " ";
        BlockText text = page.block(sequence.end());
        List<String> items =
                added.stream().map(value -> text.element(value, column, usual)).toList();
        addLines(sequence, last, column, Math.max(column, slot.column() + 1), items);
    }

    /** @param inside from which column on comments that follow belong to the block */
    private void addLines(Node block, Node last, int column, int inside, List<String> items)
            throws UnwritableException {
        String indent = " ".repeat(column);
        String lineBreak = page.lines().breakAt(block.end());
        requireOwnEnd(last.deepest());
        if (last.deepest() instanceof Node.Scalar scalar && scalar.quoting() == Node.Quoting.KEEPING_BLOCK) {
            int at = scalar.end();
            items.forEach(item -> page.put(at, at, indent + item + lineBreak));
            return;
        }
        int end = page.lines().end(block.end());
        int at = page.lines().endOfAllComments(end, Math.max(inside, 1));
        items.forEach(item -> page.put(at, at, lineBreak + indent + item));
    }

    private void requireSimpleKey(int key) throws UnwritableException {
        int before = page.lines().behindBlanks(key) - 1;
        if (before >= 0 && before < key - 1 && page.lines().text().charAt(before) == '?') {
            throw new UnwritableException("the mapping has keys behind question marks: edit it by hand");
        }
    }

    /** A block scalar that ends the text without a line break would get one when something follows it. */
    private void requireOwnEnd(Node last) throws UnwritableException {
        boolean open =
                last.end() == page.lines().text().length() && page.lines().start(last.end()) != last.end();
        boolean block = last instanceof Node.Scalar scalar
                && (scalar.quoting() == Node.Quoting.BLOCK || scalar.quoting() == Node.Quoting.KEEPING_BLOCK);
        boolean strips = page.lines()
                        .text()
                        .substring(last.start(), page.lines().end(last.start()))
                        .indexOf('-')
                >= 0;
        if (open && block && !strips) {
            throw new UnwritableException(
                    "the file lacks a line break at its end, which the text there needs: add one");
        }
    }

    private void addToFlow(Node whole, int end, List<String> items, FlowText text, String indent)
            throws UnwritableException {
        int next = end;
        while (Character.isWhitespace(page.lines().text().charAt(next))) {
            next++;
        }
        char following = page.lines().text().charAt(next);
        if (following == '#'
                && page.lines()
                        .text()
                        .substring(page.lines().end(next), whole.end())
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
            page.put(at, at, ",");
        }
        int line = text.style().apart() ? endOfComment(at) : at;
        page.put(line, line, between + added);
    }

    /** The end of the line where nothing but a comment follows on it; else the place itself. */
    private int endOfComment(int offset) {
        int end = page.lines().end(offset);
        String rest = page.lines().text().substring(offset, end).strip();
        return rest.startsWith("#") ? end : offset;
    }
}
