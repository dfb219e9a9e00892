package dev.portcullis.docker.compose;

import dev.portcullis.workload.FieldPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads files of {@code NAME=value} lines as {@code compose-go/dotenv} does: {@code export}, comments, quotes and variables in
 * values. All values of a file together are at most {@value #MOST} characters.
 */
public final class EnvironmentFile {
    private static final int MOST = 1 << 20;
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:[abcfnrtv$\"\\\\]|0[0-9]{0,3})");

    private EnvironmentFile() {}

    static Map<String, String> read(Surroundings.Location location, Value file, Map<String, String> environment)
            throws ComposeException {
        try {
            return parse(new String(location.read(file.text()), StandardCharsets.UTF_8), environment);
        } catch (IOException e) {
            throw new ComposeException(
                    file.path(),
                    "names " + ComposeException.quoted(file.text()) + ", which cannot be read (" + e.getMessage() + ")",
                    "correct the name or the file");
        }
    }

    /**
     * The variables of a text.
     *
     * @param environment what variables in values mean, before those of the text itself
     * @throws IOException where it says too much, or no such lines
     */
    public static Map<String, String> parse(String text, Map<String, String> environment) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, String> known = new LinkedHashMap<>(environment);
        int length = 0;
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            String line = text.substring(at, end).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                at = end + 1;
                continue;
            }
            if (line.startsWith("export ")) {
                line = line.substring("export ".length()).strip();
            }
            int equals = line.indexOf('=');
            String name = equals < 0 ? line : line.substring(0, equals).strip();
            if (!name.matches("[A-Za-z_][A-Za-z0-9_.\\-\\[\\]]*")) {
                throw new IOException("a line without NAME=value");
            }
            int begin = at;
            at = end + 1;
            if (equals < 0) {
                continue;
            }
            String raw = line.substring(equals + 1).strip();
            String value;
            if (raw.startsWith("\"") || raw.startsWith("'")) {
                int start = text.indexOf(raw.charAt(0), text.indexOf('=', begin));
                Quoted quoted = Quoted.of(text, start);
                value = quoted.isLiteral() ? quoted.content() : substituted(unescaped(quoted.content()), known);
                int rest = text.indexOf('\n', quoted.end());
                at = rest < 0 ? text.length() : rest + 1;
            } else {
                int comment = raw.indexOf(" #");
                value = substituted(
                        comment < 0 ? raw : raw.substring(0, comment).stripTrailing(), known);
            }
            length += value.length();
            if (length > MOST) {
                throw new IOException("values over " + MOST + " characters");
            }
            values.put(name, value);
            known.putIfAbsent(name, value);
        }
        return values;
    }

    /**
     * A text in quotes, in which a backslash before the quote stands for the quote.
     *
     * @param end the place of the quote that ends it
     */
    private record Quoted(char quote, String content, int end) {
        static Quoted of(String text, int start) throws IOException {
            char quote = text.charAt(start);
            StringBuilder content = new StringBuilder();
            int i = start + 1;
            while (i < text.length() && text.charAt(i) != quote) {
                char c = text.charAt(i);
                if (c == '\\' && i + 1 < text.length()) {
                    i++;
                    if (text.charAt(i) != quote) {
                        content.append(c);
                    }
                    content.append(text.charAt(i));
                } else {
                    content.append(c);
                }
                i++;
            }
            if (i >= text.length()) {
                throw new IOException("a quote that does not end");
            }
            return new Quoted(quote, content.toString(), i);
        }

        boolean isLiteral() {
            return quote == '\'';
        }
    }

    /** Escapes as Go has them, read from left to right; a dollar sign that is escaped begins no variable. */
    private static String unescaped(String text) {
        return ESCAPE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(meaning(match.group())));
    }

    private static String meaning(String escape) {
        return switch (escape.charAt(1)) {
            case 'a' -> "\u0007";
            case 'b' -> "\b";
            case 'f' -> "\f";
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case 'v' -> "\u000b";
            case '$' -> "$$";
            case '"' -> "\"";
            case '\\' -> "\\";
            case '0' -> octal(escape);
            default -> escape;
        };
    }

    /** Of three digits after the zero; of fewer it is no escape. */
    private static String octal(String escape) {
        boolean whole = escape.matches("\\\\0[0-3][0-7]{2}");
        return whole ? String.valueOf((char) Integer.parseInt(escape.substring(2), 8)) : escape;
    }

    private static String substituted(String text, Map<String, String> known) throws IOException {
        try {
            return new Variables(known).substitute(FieldPath.ROOT, text).text();
        } catch (ComposeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
