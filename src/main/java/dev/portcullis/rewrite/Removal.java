package dev.portcullis.rewrite;

import java.util.List;

/** Takes elements out of sequences. */
final class Removal {
    private final Page page;

    Removal(Page page) {
        this.page = page;
    }

    /**
     * Takes one of several elements out of a sequence.
     *
     * @param leads whether every element in front of it is taken out too
     */
    void remove(Node.Sequence sequence, int index, boolean leads) throws UnwritableException {
        if (sequence.flow()) {
            removeFromFlow(sequence.elements(), index, leads);
        } else {
            removeLines(sequence.elements().get(index));
        }
    }

    /** With the comma in front of it; where nothing is left there, with the comma behind it. */
    private void removeFromFlow(List<Node> elements, int index, boolean leads) {
        if (leads) {
            page.put(elements.get(index).start(), elements.get(index + 1).start(), "");
        } else {
            page.put(elements.get(index - 1).end(), elements.get(index).end(), "");
        }
    }

    private void removeLines(Node element) throws UnwritableException {
        Lines lines = page.lines();
        int dash = page.dash(element);
        int start = lines.start(dash);
        int end = lines.endOfComments(lines.end(element.end()), lines.column(dash) + 1);
        if (!lines.text().substring(start, dash).isBlank() || element.keepsBlanks()) {
            throw new UnwritableException("it shares a line with something else: take it out by hand");
        }
        if (lines.endsOpen() && start > 0) {
            // The break in front goes with it: the last line that is left must not get one.
            page.put(lines.endBefore(start), end, "");
        } else {
            page.put(start, lines.next(end), "");
        }
    }
}
