package dev.portcullis.rewrite;

import dev.portcullis.document.Position;
import dev.portcullis.workload.Edit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes COPY in place of ADD into a Dockerfile, and leaves every other character of it as it is. */
public final class DockerfileRewriter {
    private static final Pattern ADD = Pattern.compile("ADD(?=[ \\t])", Pattern.CASE_INSENSITIVE);

    /** Flags that stand before the sources, on the same line. */
    private static final Pattern FLAG = Pattern.compile("[ \\t]+--([a-z-]+)(?:=\\S*)?");

    private static final List<String> OF_COPY = List.of("chown", "chmod", "link", "exclude");

    private DockerfileRewriter() {}

    /**
     * Makes changes.
     *
     * @param changes each within the place of its instruction, whose keyword it sets
     */
    public static Rewriting rewrite(byte[] utf8, List<Change> changes) {
        StringBuilder text = new StringBuilder(new String(utf8, StandardCharsets.UTF_8));
        List<Rewriting.Refused> refused = new ArrayList<>();
        changes.stream()
                .sorted((one, other) -> other.within().line() - one.within().line())
                .forEach(change -> {
                    String problem = write(text, change);
                    if (!problem.isEmpty()) {
                        refused.add(new Rewriting.Refused(change, problem));
                    }
                });
        return new Rewriting(text.toString(), refused);
    }

    /** Empty where it was written. */
    private static String write(StringBuilder text, Change change) {
        boolean copies = change.edits().size() == 1
                && change.edits().getFirst() instanceof Edit.Set set
                && set.value().equals("COPY");
        Matcher add = ADD.matcher(text).region(offset(text, change.within()), text.length());
        if (!copies || !add.lookingAt()) {
            return "the instruction does not begin with ADD on one line: write COPY by hand";
        }
        Matcher flag = FLAG.matcher(text).region(add.end(), text.length());
        while (flag.lookingAt()) {
            if (!OF_COPY.contains(flag.group(1))) {
                return "COPY does not know --" + flag.group(1) + ": take it away first";
            }
            flag.region(flag.end(), text.length());
        }
        boolean lower = add.group().equals(add.group().toLowerCase(Locale.ROOT));
        text.replace(add.start(), add.end(), lower ? "copy" : "COPY");
        return "";
    }

    private static int offset(StringBuilder text, Position place) {
        int start = 0;
        for (int line = 1; line < place.line(); line++) {
            int end = text.indexOf("\n", start);
            start = end < 0 ? text.length() : end + 1;
        }
        int left = Math.min(place.column() - 1, text.length() - start);
        return start + left;
    }
}
