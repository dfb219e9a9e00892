package dev.portcullis.workload;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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

    /** Names that were read: each is asked for by several checks of several policies, and again by the next pod. */
    private static final Map<String, Optional<ImageReference>> KNOWN = new ConcurrentHashMap<>();

    private static final int MOST_KNOWN = 1_024;
    private static final String DOCKER_HUB = "docker.io";
    private static final String DOCKER_HUB_OF_OLD = "index.docker.io";
    private static final String LOCALHOST = "localhost";
    private static final String OFFICIAL = "library/";

    /** Reads a name; empty where runtimes would refuse it. */
    public static Optional<ImageReference> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        Optional<ImageReference> known = KNOWN.get(text);
        if (known == null) {
            known = read(text);
            if (KNOWN.size() >= MOST_KNOWN) {
                KNOWN.clear();
            }
            KNOWN.put(text, known);
        }
        return known;
    }

    private static Optional<ImageReference> read(String text) {
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

    /** Whether it is an image's own identifier, which no registry knows. */
    public boolean isIdentifier() {
        return name.isEmpty();
    }

    /**
     * Whether an engine that has no image of this name looks for one whose identifier begins so: an image by that
     * identifier may be from anywhere.
     */
    public boolean mayBeIdentifier() {
        return isIdentifier()
                || (tag == null && digest == null && name.chars().allMatch(c -> Character.digit(c, 16) >= 0));
    }

    /** The registry it is pulled from, with its port, in the case in which it is written; {@code docker.io} if none is. */
    public String registry() {
        String first = firstPart();
        return first.isEmpty() || first.equals(DOCKER_HUB_OF_OLD) ? DOCKER_HUB : first;
    }

    /** The repository in its registry: {@code library/nginx} for {@code nginx}. */
    public String repository() {
        String first = firstPart();
        String rest = first.isEmpty() ? name : name.substring(first.length() + 1);
        return registry().equals(DOCKER_HUB) && rest.indexOf('/') < 0 ? OFFICIAL + rest : rest;
    }

    /** What stands before the first slash, where it is a registry rather than part of a repository of Docker Hub. */
    private String firstPart() {
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean registry = first.equals(LOCALHOST)
                || first.indexOf('.') >= 0
                || first.indexOf(':') >= 0
                || !first.equals(first.toLowerCase(Locale.ROOT));
        return registry ? first : "";
    }
}
