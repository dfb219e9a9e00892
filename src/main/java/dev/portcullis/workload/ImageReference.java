package dev.portcullis.workload;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An image's name as container runtimes read it (the grammar of {@code distribution/reference}).
 *
 * @param name registry and repository as written, without tag and digest
 * @param tag null where there is none
 * @param digest {@code sha256:} and 64 hexadecimal digits, null where there is none
 */
public record ImageReference(
        String name, @Nullable String tag, @Nullable String digest) {
    private static final int LONGEST = 1024;
    private static final int LONGEST_NAME = 255;

    // Possessive throughout: a name that is none costs no more than reading it.
    private static final String LABEL = "[A-Za-z0-9]++(?:-++[A-Za-z0-9]++)*+";
    private static final String HOST = "(?:" + LABEL + "(?:\\." + LABEL + ")*+|\\[[0-9a-fA-F:]++])(?::[0-9]++)?+";
    private static final String COMPONENT = "[a-z0-9]++(?:(?:\\.|__?|-++)[a-z0-9]++)*+";
    private static final Pattern REFERENCE =
            Pattern.compile("(?<name>(?:" + HOST + "/)?" + COMPONENT + "(?:/" + COMPONENT
                    + ")*+)(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}))?");
    private static final Pattern IDENTIFIER = Pattern.compile("sha256:[0-9a-f]{64}");

    /** Reads a name; empty where runtimes would refuse it. */
    public static Optional<ImageReference> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        if (IDENTIFIER.matcher(text).matches()) {
            return Optional.of(new ImageReference("", null, text));
        }
        Matcher reference = REFERENCE.matcher(text);
        if (!reference.matches() || reference.group("name").length() > LONGEST_NAME) {
            return Optional.empty();
        }
        return Optional.of(
                new ImageReference(reference.group("name"), reference.group("tag"), reference.group("digest")));
    }
}
