package dev.portcullis.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.List;

/** The difference of two texts as {@code patch} and {@code git apply} read it. */
final class UnifiedDiff {
    private static final int CONTEXT = 3;
    private static final String OPEN_END = "\n\\ No newline at end of file";

    private UnifiedDiff() {}

    /** Lines that end in LF, whatever the texts' own lines end in besides. */
    static String of(String name, String before, String after) {
        List<String> lines = lines(before);
        List<String> diff =
                UnifiedDiffUtils.generateUnifiedDiff(name, name, lines, DiffUtils.diff(lines, lines(after)), CONTEXT);
        return diff.isEmpty() ? "" : String.join("\n", diff) + "\n";
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        String last = lines.removeLast();
        if (!last.isEmpty()) {
            lines.add(last + OPEN_END);
        }
        return lines;
    }
}
