package dev.portcullis.rewrite;

import java.util.List;

/**
 * How collections in braces and brackets are written.
 *
 * @param colon what stands between a key and its value
 * @param comma what stands between two entries on one line
 * @param padding what stands behind the brace that opens a mapping on one line
 * @param apart whether each entry has a line of its own
 * @param unit by how much such lines are indented more than what holds them
 * @param listsInline whether lists of scalars stand on one line all the same
 */
record FlowStyle(
        ScalarText.Place place,
        String colon,
        String comma,
        String padding,
        boolean apart,
        String unit,
        boolean listsInline) {
    /** That of a block document that has none. */
    static final FlowStyle USUAL = new FlowStyle(ScalarText.Place.FLOW, ": ", ", ", "", false, "  ", true);

    /** That of a mapping, where it tells; the rest is as around it. */
    FlowStyle of(Node.Mapping mapping, Lines lines) {
        if (mapping.entries().isEmpty()) {
            return this;
        }
        Node.Entry first = mapping.entries().getFirst();
        boolean quoted = first.key() instanceof Node.Scalar key && key.quoting() == Node.Quoting.DOUBLE;
        String between = lines.text().substring(first.key().end(), first.value().start());
        String written = between.isBlank()
                        || !isOnOneLine(between)
                        || first.value().start() == first.value().end()
                ? ": "
                : between;
        List<Node> starts = mapping.entries().stream().map(Node.Entry::key).toList();
        List<Node> ends = mapping.entries().stream().map(Node.Entry::value).toList();
        boolean lined = areApart(mapping, starts, ends, lines);
        String open = lines.text().substring(mapping.start(), first.key().start());
        return new FlowStyle(
                quoted ? ScalarText.Place.QUOTED_FLOW : ScalarText.Place.FLOW,
                written,
                comma(starts, ends, lines, written),
                open.endsWith("{ ") ? " " : "",
                lined,
                lined ? unit(mapping.start(), first.key().start(), lines) : unit,
                listsInline(ends, lines));
    }

    /** That of a sequence, where it tells; the rest is as around it. */
    FlowStyle of(Node.Sequence sequence, Lines lines) {
        List<Node> elements = sequence.elements();
        if (elements.isEmpty()) {
            return this;
        }
        boolean lined = areApart(sequence, elements, elements, lines);
        return new FlowStyle(
                elements.getFirst() instanceof Node.Scalar scalar
                        ? scalar.quoting() == Node.Quoting.DOUBLE ? ScalarText.Place.QUOTED_FLOW : ScalarText.Place.FLOW
                        : place,
                colon,
                comma(elements, elements, lines, colon),
                padding,
                lined,
                lined ? unit(sequence.start(), elements.getFirst().start(), lines) : unit,
                listsInline);
    }

    private boolean listsInline(List<Node> values, Lines lines) {
        for (Node value : values) {
            if (value instanceof Node.Sequence list && list.flow() && isOfScalars(list)) {
                return !areApart(list, list.elements(), list.elements(), lines);
            }
        }
        return listsInline;
    }

    /** The same on one line. */
    FlowStyle inline() {
        return new FlowStyle(place, colon, comma, padding, false, unit, listsInline);
    }

    static boolean isOfScalars(Node.Sequence list) {
        return !list.elements().isEmpty() && list.elements().stream().allMatch(Node.Scalar.class::isInstance);
    }

    private static boolean areApart(Node whole, List<Node> starts, List<Node> ends, Lines lines) {
        return lines.areApart(whole.start(), starts.getFirst().start())
                || (starts.size() > 1
                        && lines.areApart(ends.getFirst().end(), starts.get(1).start()));
    }

    private static String comma(List<Node> starts, List<Node> ends, Lines lines, String colon) {
        if (starts.size() > 1) {
            String between =
                    lines.text().substring(ends.getFirst().end(), starts.get(1).start());
            if (between.equals(",") || between.equals(", ")) {
                return between;
            }
        }
        return colon.endsWith(" ") ? ", " : ",";
    }

    private static String unit(int outer, int inner, Lines lines) {
        String around = lines.indent(outer);
        String within = lines.indent(inner);
        return within.startsWith(around) && within.length() > around.length()
                ? within.substring(around.length())
                : "  ";
    }

    private static boolean isOnOneLine(String text) {
        return text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
    }
}
