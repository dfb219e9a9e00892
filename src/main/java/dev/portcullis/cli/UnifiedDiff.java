package dev.portcullis.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.Patch;
import java.io.File;
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
                header("a/", name), header("b/", name), lines, patch(lines, lines(after)), CONTEXT);
        return diff.isEmpty() ? "" : String.join("\n", diff) + "\n";
    }

    /** Part by part where both have the same number: comparing takes lines times changes, and each document has some. */
    private static Patch<String> patch(List<String> before, List<String> after) {
        List<List<String>> parts = parts(before);
        List<List<String>> others = parts(after);
        if (parts.size() != others.size()) {
            return DiffUtils.diff(before, after);
        }
        Patch<String> patch = new Patch<>();
        int source = 0;
        int target = 0;
        for (int i = 0; i < parts.size(); i++) {
            for (AbstractDelta<String> delta :
                    DiffUtils.diff(parts.get(i), others.get(i)).getDeltas()) {
                patch.addDelta(delta.withChunks(moved(delta.getSource(), source), moved(delta.getTarget(), target)));
            }
            source += parts.get(i).size();
            target += others.get(i).size();
        }
        return patch;
    }

    private static Chunk<String> moved(Chunk<String> chunk, int lines) {
        return new Chunk<>(chunk.getPosition() + lines, chunk.getLines());
    }

    /** Documents, and the items of lists as kubectl prints them. */
    private static List<List<String>> parts(List<String> lines) {
        List<List<String>> parts = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= lines.size(); i++) {
            if (i == lines.size()
                    || lines.get(i).startsWith("---")
                    || lines.get(i).startsWith("- ")) {
                parts.add(lines.subList(start, i));
                start = i;
            }
        }
        return parts;
    }

    /** As Git writes names: below a folder to strip, without anything that could be taken for a line of the diff. */
    private static String header(String folder, String name) {
        Path here = Path.of("").toAbsolutePath();
        Path named = Path.of(name).normalize();
        String below = (named.startsWith(here) ? here.relativize(named) : named).toString();
        String path = folder + below.replace(File.separatorChar, '/').replaceFirst("^/", "");
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
