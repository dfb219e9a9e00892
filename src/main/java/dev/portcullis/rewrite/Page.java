package dev.portcullis.rewrite;

import java.util.ArrayList;
import java.util.List;

/** The text of one document, how it is written, and what is to be put into it. */
final class Page {
    private final Lines lines;
    private final BlockStyle style;
    private final List<Splice> splices = new ArrayList<>();

    Page(Lines lines, BlockStyle style) {
        this.lines = lines;
        this.style = style;
    }

    Lines lines() {
        return lines;
    }

    BlockStyle style() {
        return style;
    }

    List<Splice> splices() {
        return splices;
    }

    /** The place of the dash in front of an element. */
    int dash(Node element) throws UnwritableException {
        int at = element.start() - 1;
        while (at >= 0 && (lines.text().charAt(at) == ' ' || lines.text().charAt(at) == '\t')) {
            at--;
        }
        if (at < 0 || lines.text().charAt(at) != '-') {
            throw new UnwritableException("its dash stands on another line: edit it by hand");
        }
        return at;
    }

    FlowText flow(FlowStyle flow, Node near) {
        return new FlowText(flow, lines.breakAt(near.start()));
    }

    BlockText block(int near) {
        return new BlockText(style, lines.breakAt(near));
    }

    void put(int start, int end, String replacement) {
        splices.add(new Splice(start, end, replacement));
    }
}
