package dev.portcullis.cel;

import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says what is wrong with an expression: where, what, and what was probably meant. */
final class Problems {
    private static final int SHOWN = 3;
    private static final int LONGEST = 200;
    private static final Pattern UNDEFINED = Pattern.compile("undefined field '([^']{1,60})'.*", Pattern.DOTALL);

    private Problems() {}

    static String of(CelValidationException invalid) {
        return invalid.getErrors().stream()
                .limit(SHOWN)
                .map(issue -> at(issue.getSourceLocation(), message(issue)))
                .distinct()
                .collect(Collectors.joining("; "));
    }

    static String at(CelSourceLocation place, String message) {
        return "line " + Math.max(1, place.getLine()) + ", column " + (Math.max(0, place.getColumn()) + 1) + ": "
                + message;
    }

    private static String message(CelIssue issue) {
        String message = issue.getMessage()
                .replaceAll("\\s+", " ")
                .replace(" (in container '')", "")
                .replaceFirst(" \\(candidates: .*", "")
                .replaceFirst(" expecting \\{.*", "")
                .strip();
        Matcher undefined = UNDEFINED.matcher(message);
        if (undefined.matches()) {
            String name = undefined.group(1);
            return "undefined field '" + name + "'"
                    + Schema.bundled()
                            .nearest(name)
                            .map(near -> "; did you mean '" + near + "'?")
                            .orElse("");
        }
        return shortened(message);
    }

    static String shortened(String message) {
        return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
    }
}
