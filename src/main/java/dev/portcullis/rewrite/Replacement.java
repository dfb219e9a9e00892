package dev.portcullis.rewrite;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Writes other values where some stand, each in the manner of what stands there or around it. */
final class Replacement {
    private final Page page;

    Replacement(Page page) {
        this.page = page;
    }

    /** Writes another value where one stands. */
    void replace(Node node, JsonNode value, Slot slot) throws UnwritableException {
        requireUntagged(node);
        if (slot.flow() != null) {
            page.put(
                    content(node),
                    end(node),
                    page.flow(slot.flow(), node).value(value, page.lines().indent(node.start())));
        } else if (node.isBlock()) {
            replaceBlock(node, value, slot);
        } else {
            replaceInBlock(node, value, slot);
        }
    }

    private void replaceInBlock(Node node, JsonNode value, Slot slot) throws UnwritableException {
        int from = content(node);
        BlockText text = page.block(end(node));
        if (!text.fits(value) && !isFilledFlow(node)) {
            nest(from, node, value, slot);
            return;
        }
        String written = value.isContainer()
                ? page.flow(style(node), node).value(value, page.lines().indent(node.start()))
                : ScalarText.of(value, ScalarText.Place.BLOCK, quoting(node));
        page.put(from, end(node), isAbsent(node) ? " " + written : written);
    }

    /** A collection that gets lines of its own, where none had any. */
    private void nest(int from, Node node, JsonNode value, Slot slot) {
        BlockText text = page.block(end(node));
        if (slot.kind() == Slot.Kind.MEMBER) {
            if (from < end(node)) {
                page.put(page.lines().behindBlanks(from), end(node), "");
            }
            int at = page.lines().end(end(node));
            page.put(at, at, text.below(value, slot.column()));
        } else if (isAbsent(node)) {
            page.put(end(node), end(node), " " + text.value(value, page.lines().column(end(node)) + 1));
        } else {
            page.put(from, end(node), text.value(value, page.lines().column(from)));
        }
    }

    private void replaceBlock(Node node, JsonNode value, Slot slot) throws UnwritableException {
        int first = first(node);
        BlockText text = page.block(first);
        if (value.isContainer() && !value.isEmpty()) {
            page.put(first, end(node), text.value(value, page.lines().column(first)));
            return;
        }
        int end = page.lines().end(slot.behind());
        boolean below = slot.kind() == Slot.Kind.MEMBER && end < first;
        if (!below || node.anchor() != null) {
            throw new UnwritableException("nothing but a block can stand there: edit it by hand");
        }
        page.put(slot.behind(), slot.behind(), " " + text.scalar(value));
        page.put(end, page.lines().end(end(node)), "");
    }

    /** Merges what an alias repeats into a mapping of its own, with members beside it. */
    void overlay(Node.Alias alias, Map<String, JsonNode> added, Slot slot) {
        String merged = "<<: *" + alias.name();
        if (slot.flow() != null) {
            FlowText text = page.flow(slot.flow().inline(), alias);
            StringBuilder written = new StringBuilder("{").append(merged);
            added.forEach((name, value) -> written.append(", ").append(text.member(name, value, "")));
            page.put(alias.start(), alias.end(), written.append('}').toString());
            return;
        }
        BlockText text = page.block(alias.end());
        boolean below = slot.kind() == Slot.Kind.MEMBER;
        int column = below ? slot.column() + page.style().step() : page.lines().column(alias.start());
        String indent = text.lineBreak() + " ".repeat(column);
        StringBuilder written = new StringBuilder(below ? indent : "").append(merged);
        added.forEach((name, value) -> written.append(indent).append(text.member(name, value, column)));
        if (below) {
            int at = page.lines().end(alias.end());
            page.put(page.lines().behindBlanks(alias.start()), alias.end(), "");
            page.put(at, at, written.toString());
        } else {
            page.put(alias.start(), alias.end(), written.toString());
        }
    }

    /** Where the text of a node ends that is replaced: blank lines behind a scalar that keeps them may stay. */
    private int end(Node node) {
        int end = node.end();
        while (node.keepsBlanks() && Character.isWhitespace(page.lines().text().charAt(end - 1))) {
            end--;
        }
        return end;
    }

    /** Where a node begins behind its anchor. */
    private int content(Node node) {
        String text = page.lines().text();
        if (node.anchor() == null) {
            return node.start();
        }
        int at = node.start() + 1 + node.anchor().length();
        while (at < node.end() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Where the first entry of a block begins. */
    private int first(Node node) throws UnwritableException {
        return node instanceof Node.Mapping mapping
                ? mapping.entries().getFirst().key().start()
                : page.dash(((Node.Sequence) node).elements().getFirst());
    }

    private FlowStyle style(Node node) {
        return switch (node) {
            case Node.Mapping mapping -> FlowStyle.USUAL.of(mapping, page.lines());
            case Node.Sequence sequence -> FlowStyle.USUAL.of(sequence, page.lines());
            default ->
                page.style().lists() == null
                        ? FlowStyle.USUAL
                        : page.style().lists().inline();
        };
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

    private static boolean isFilledFlow(Node node) {
        return (node instanceof Node.Mapping mapping && !mapping.entries().isEmpty())
                || (node instanceof Node.Sequence sequence
                        && !sequence.elements().isEmpty());
    }
}
