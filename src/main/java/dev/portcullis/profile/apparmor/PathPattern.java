package dev.portcullis.profile.apparmor;

import dev.portcullis.check.Words;
import dev.portcullis.profile.ProfileException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path in a rule, AppArmor's globs included, checked so that nothing in it can end the rule or the profile.
 *
 * @param text in AppArmor's own writing, without quotes
 * @param literal what stands before the first glob, unescaped
 * @param exact whether that is all of it
 */
record PathPattern(String text, String literal, boolean exact) implements Comparable<PathPattern> {
    private static final int LONGEST = 4_000;
    private static final String SPECIAL = "*?[]{}^,\\\"@";

    /** What needs no quotes; a comma outside braces is written with a backslash, which is not among it. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/_.*?+@{},\\[\\]^-]+");

    private static final Set<String> VARIABLES =
            Set.of("PROC", "HOME", "HOMEDIRS", "multiarch", "pid", "pids", "tid", "run");

    /**
     * A path that means itself, whatever is in it.
     *
     * @param where the place it stands at
     */
    static PathPattern literal(String where, String path) throws ProfileException {
        check(where, path);
        String clean = clean(path);
        return new PathPattern(escape(clean), clean, true);
    }

    /**
     * A path with globs as AppArmor and bane write them.
     *
     * @param where the place it stands at
     */
    static PathPattern glob(String where, String pattern) throws ProfileException {
        check(where, pattern);
        return new GlobReader(where, pattern).read();
    }

    private static void check(String where, String path) throws ProfileException {
        if (!path.startsWith("/") && !path.startsWith("@{")) {
            throw wrong(where, path, "is no absolute path", "start it with /");
        }
        if (path.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw wrong(where, path, "is longer than the kernel takes", "write at most " + LONGEST + " bytes");
        }
        if (path.chars().anyMatch(Character::isISOControl) || !isPaired(path)) {
            throw wrong(where, path, "has a control character or broken UTF-8", "take it out");
        }
        if (path.endsWith("\\")) {
            throw wrong(where, path, "ends with a backslash, behind which AppArmor finds no end", "rename it");
        }
        for (String step : path.split("/", -1)) {
            if (step.equals("..") || step.equals(".")) {
                throw wrong(
                        where, path, "has . or .. in it, which no path the kernel looks at has", "write it without");
            }
        }
    }

    private static boolean isPaired(String path) {
        for (int i = 0; i < path.length(); i++) {
            if (Character.isHighSurrogate(path.charAt(i))
                    && i + 1 < path.length()
                    && Character.isLowSurrogate(path.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(path.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static ProfileException wrong(String where, String path, String problem, String remedy) {
        return new ProfileException(where, "names " + Words.value(path) + ", which " + problem, remedy);
    }

    /** Without doubled slashes, and without one at the end. */
    private static String clean(String path) {
        String single = path.replaceAll("/{2,}", "/");
        return single.length() > 1 && single.endsWith("/") ? single.substring(0, single.length() - 1) : single;
    }

    /** A text that means itself in a rule. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (SPECIAL.indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    /** This path, and everything below it where it is a folder. */
    PathPattern tree() {
        return literal.equals("/")
                ? new PathPattern("/**", "/", false)
                : new PathPattern(text + "{,/,/**}", literal, false);
    }

    /** The folder whose whole content this is: {@code /tmp/} of {@code /tmp/**}; null where it is something else. */
    @Nullable String folder() {
        return !exact && literal.endsWith("/") && text.equals(escape(literal) + "**") ? literal : null;
    }

    /** Whether it is a {@link #tree()}. */
    boolean isTree() {
        return text.equals(escape(literal) + "{,/,/**}");
    }

    /** Whether some path may be matched by both; never false where one is. */
    boolean mayMeet(PathPattern other) {
        if (exact && other.exact) {
            return literal.equals(other.literal);
        }
        if (exact) {
            return literal.startsWith(other.literal);
        }
        return other.exact
                ? other.literal.startsWith(literal)
                : literal.startsWith(other.literal) || other.literal.startsWith(literal);
    }

    /** Whether this surely matches everything that the other does. */
    boolean covers(PathPattern other) {
        String folder = folder();
        return text.equals(other.text)
                || (folder != null && other.literal.startsWith(folder) && !other.literal.equals(folder))
                || (isTree() && (other.literal.equals(literal) || other.literal.startsWith(literal + "/")));
    }

    /** As a rule has it, in quotes where it needs them. */
    String quoted() {
        return quoted(text);
    }

    static String quoted(String text) {
        return PLAIN.matcher(text).matches() ? text : '"' + text + '"';
    }

    @Override
    public int compareTo(PathPattern other) {
        return text.compareTo(other.text);
    }

    /** Reads AppArmor's globs: {@code * ** ? [class] {a,b} @{VARIABLE}} and a backslash before any of their characters. */
    private static final class GlobReader {
        private final String where;
        private final String pattern;
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder literal = new StringBuilder();
        private boolean globbed;
        private int depth;
        private int at;

        GlobReader(String where, String pattern) {
            this.where = where;
            this.pattern = pattern;
        }

        PathPattern read() throws ProfileException {
            for (; at < pattern.length(); at++) {
                char c = pattern.charAt(at);
                switch (c) {
                    case '\\' -> escaped();
                    case '*', '?' -> glob(c);
                    case '[' -> characterClass();
                    case '{' -> open();
                    case '}' -> close();
                    case ',' -> comma();
                    case '@' -> variable();
                    default -> plain(c);
                }
            }
            if (depth > 0) {
                throw wrong(where, pattern, "has a { without its }", "close it, or write \\{");
            }
            return new PathPattern(text.toString(), literal.toString(), !globbed);
        }

        private void plain(char c) {
            if (c == '/' && !text.isEmpty() && text.charAt(text.length() - 1) == '/') {
                return;
            }
            if (SPECIAL.indexOf(c) >= 0) {
                text.append('\\');
            }
            text.append(c);
            if (!globbed) {
                literal.append(c);
            }
        }

        private void escaped() throws ProfileException {
            at++;
            if (at == pattern.length() || SPECIAL.indexOf(pattern.charAt(at)) < 0) {
                throw wrong(where, pattern, "has a \\ before what needs none", "write \\\\ for a backslash");
            }
            plain(pattern.charAt(at));
        }

        private void glob(char c) {
            globbed = true;
            text.append(c);
        }

        private void open() throws ProfileException {
            if (depth > 0) {
                throw wrong(where, pattern, "has braces in braces", "write its alternatives as paths of their own");
            }
            depth++;
            glob('{');
            if (pattern.indexOf(',', at) < 0 || pattern.indexOf(',', at) > pattern.indexOf('}', at)) {
                throw wrong(where, pattern, "has braces without a comma", "write {a,b}, or \\{ for a brace");
            }
        }

        private void close() throws ProfileException {
            if (depth == 0) {
                throw wrong(where, pattern, "has a } without its {", "write \\} for a brace");
            }
            depth--;
            glob('}');
        }

        private void comma() {
            if (depth > 0) {
                glob(',');
            } else {
                plain(',');
            }
        }

        private void variable() throws ProfileException {
            if (at + 1 == pattern.length() || pattern.charAt(at + 1) != '{') {
                plain('@');
                return;
            }
            int end = pattern.indexOf('}', at);
            String name = end < 0 ? "" : pattern.substring(at + 2, end);
            if (!VARIABLES.contains(name)) {
                throw wrong(
                        where,
                        pattern,
                        "uses a variable that is not always there",
                        "use one of " + String.join(", ", new TreeSet<>(VARIABLES)) + ", or \\@ for an @");
            }
            globbed = true;
            text.append("@{").append(name).append('}');
            at = end;
        }

        private void characterClass() throws ProfileException {
            int end = pattern.indexOf(']', at + 1);
            boolean negated = pattern.startsWith("[^", at);
            String members = end < 0 ? "" : pattern.substring(at + (negated ? 2 : 1), end);
            if (members.isEmpty()
                    || !members.chars().allMatch(c -> c > ' ' && c < 127 && "[\\\"^{}@,*?".indexOf(c) < 0)
                    || !hasOrderedRanges(members)) {
                throw wrong(
                        where, pattern, "has a character class that is not understood", "write [abc], [a-z] or [^abc]");
            }
            globbed = true;
            text.append(pattern, at, end + 1);
            at = end;
        }

        private static boolean hasOrderedRanges(String members) {
            for (int dash = members.indexOf('-'); dash >= 0; dash = members.indexOf('-', dash + 1)) {
                boolean inside = dash > 0 && dash < members.length() - 1;
                if (!inside || members.charAt(dash - 1) >= members.charAt(dash + 1)) {
                    return false;
                }
            }
            return true;
        }
    }
}
