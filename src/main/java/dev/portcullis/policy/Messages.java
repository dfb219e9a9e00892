package dev.portcullis.policy;

import dev.portcullis.check.Finding;
import dev.portcullis.workload.Printable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What people read where they are denied or warned: one line a finding, within the limits that an API server sets. */
public final class Messages {
    private static final int LONGEST_MESSAGE_BYTES = 2048;
    private static final int LONGEST_NOTE_BYTES = 1024;
    private static final int LONGEST_LINE = 400;
    private static final int LONGEST_WARNING = 250;
    private static final int MOST_WARNINGS = 10;
    /** Room for the last line, and so many more. */
    private static final int RESERVE = 32;

    private Messages() {}

    /** The count and the subject, then one line a violation that denies. */
    public static String denial(Report report) {
        List<Judged> violations = report.violations(Mode.ENFORCE);
        String policies =
                report.policies().stream().map(Policy::name).distinct().collect(Collectors.joining(", "));
        StringBuilder message = new StringBuilder()
                .append(violations.size())
                .append(violations.size() == 1 ? " violation in " : " violations in ")
                .append(clean(report.subject().display()))
                .append(" of policy ")
                .append(clean(policies))
                .append(':');
        int bytes = bytes(message.toString());
        for (int i = 0; i < violations.size(); i++) {
            String line = "\n- " + line(violations.get(i).finding(), LONGEST_LINE);
            bytes += bytes(line);
            if (bytes > LONGEST_MESSAGE_BYTES - RESERVE) {
                return message.append("\nand ")
                        .append(violations.size() - i)
                        .append(" more")
                        .toString();
            }
            message.append(line);
        }
        return message.toString();
    }

    /** The same on one line and without the subject, within the length of an Event's note. */
    public static String note(Report report) {
        List<Judged> violations = report.violations(Mode.ENFORCE);
        StringBuilder note = new StringBuilder("Pods are denied");
        String separator = ": ";
        int bytes = bytes(note.toString());
        for (int i = 0; i < violations.size(); i++) {
            String line = separator + line(violations.get(i).finding(), LONGEST_WARNING);
            bytes += bytes(line);
            if (bytes > LONGEST_NOTE_BYTES - RESERVE) {
                return note.append("; and ")
                        .append(violations.size() - i)
                        .append(" more")
                        .toString();
            }
            note.append(line);
            separator = "; ";
        }
        return note.toString();
    }

    /** One warning for each violation that only warns, the last one counting those for which there is no room. */
    public static List<String> warnings(Report report) {
        return warnings(report.violations(Mode.WARN), "");
    }

    /** One warning for each fix that is only suggested for what would deny. */
    public static List<String> suggestions(Report report) {
        return warnings(report.suggestions(), "suggested fix: ");
    }

    private static List<String> warnings(List<Judged> violations, String prefix) {
        List<String> warnings = new ArrayList<>();
        for (Judged judged : violations) {
            if (warnings.size() == MOST_WARNINGS - 1 && violations.size() > MOST_WARNINGS) {
                warnings.add("and " + (violations.size() - warnings.size()) + " more");
                break;
            }
            warnings.add(prefix + line(judged.finding(), LONGEST_WARNING - prefix.length()));
        }
        return warnings;
    }

    private static String line(Finding finding, int longest) {
        String check = " (" + finding.check().id() + ")";
        return Printable.text(finding.inContainer(finding.message()), longest - check.length() - 1) + check;
    }

    /** A warning within the length that an API server keeps. */
    public static String warning(String text) {
        return Printable.text(text, LONGEST_WARNING - 1);
    }

    /** One line without anything that a terminal could take for a command. */
    public static String clean(String text) {
        return Printable.text(text, LONGEST_LINE);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
