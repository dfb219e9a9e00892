package dev.portcullis.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The difference of two texts as {@code patch} and {@code git apply} read it. */
final class UnifiedDiff {
    private static final int CONTEXT = 3;
    private static final String OPEN_END = "\n\\ No newline at end of file";

    private UnifiedDiff() {}

    /** Lines that end in LF, whatever the texts' own lines end in besides. */
    static String of(String name, String before, String after) {
        List<String> lines = lines(before);
        List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(
                header("a/", name), header("b/", name), lines, DiffUtils.diff(lines, lines(after)), CONTEXT);
        return diff.isEmpty() ? "" : String.join("\n", diff) + "\n";
    }

    /** As Git writes names: below a folder to strip, without anything that could be taken for a line of the diff. */
    private static String header(String folder, String name) {
        String path = folder + Path.of(name).normalize().toString().replaceFirst("^/", "");
        if (path.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\' || c == 0x7f)) {
            return quoted(path);
        }
        // What follows a blank would else be taken for a date.
        return path.indexOf(' ') < 0 ? path : path + "\t";
    }

    private static String quoted(String path) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f) {
                quoted.append(String.format(Locale.ROOT, "\\%03o", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
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
