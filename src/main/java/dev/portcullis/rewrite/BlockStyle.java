package dev.portcullis.rewrite;

import org.jspecify.annotations.Nullable;

/**
 * How the blocks of one document are written.
 *
 * @param step by how many columns a mapping is indented more than the mapping that holds it
 * @param dash by how many columns the dashes of a sequence are indented more than the mapping that holds it
 * @param lists how lists of scalars are written in brackets; null where they have lines of their own
 */
record BlockStyle(int step, int dash, @Nullable FlowStyle lists) {
    private static final int USUAL = 2;

    /** That of a document, by what comes first in it. */
    static BlockStyle of(Node root, Lines lines) {
        Survey survey = new Survey(lines);
        survey.look(root);
        int step = survey.step > 0 ? survey.step : USUAL;
        return new BlockStyle(step, survey.dash >= 0 ? survey.dash : step, survey.lists);
    }

    private static final class Survey {
        private final Lines lines;
        private int step = -1;
        private int dash = -1;
        private boolean listsSeen;
        private @Nullable FlowStyle lists;

        Survey(Lines lines) {
            this.lines = lines;
        }

        void look(Node node) {
            switch (node) {
                case Node.Mapping mapping
                when !mapping.flow() ->
                    mapping.entries().forEach(entry -> {
                        member(entry);
                        look(entry.value());
                    });
                case Node.Sequence sequence -> {
                    list(sequence);
                    if (!sequence.flow()) {
                        sequence.elements().forEach(this::look);
                    }
                }
                default -> {}
            }
        }

        private void member(Node.Entry entry) {
            int column = lines.column(entry.key().start());
            if (step < 0 && entry.value() instanceof Node.Mapping inner && !inner.flow()) {
                step = lines.column(inner.entries().getFirst().key().start()) - column;
            }
            if (dash < 0 && entry.value() instanceof Node.Sequence inner && !inner.flow() && inner.anchor() == null) {
                dash = lines.column(inner.start()) - column;
            }
        }

        private void list(Node.Sequence sequence) {
            if (!listsSeen && FlowStyle.isOfScalars(sequence)) {
                listsSeen = true;
                lists = sequence.flow() ? FlowStyle.USUAL.of(sequence, lines) : null;
            }
        }
    }
}
