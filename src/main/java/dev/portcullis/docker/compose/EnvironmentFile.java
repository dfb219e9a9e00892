package dev.portcullis.docker.compose;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads files of {@code NAME=value} lines as {@code compose-go/dotenv} does: {@code export}, comments, quotes and variables in
 * values. All values of a file together are at most {@value #MOST} characters.
 */
public final class EnvironmentFile {
    private static final int MOST = 1 << 20;

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
            at = end + 1;
            if (equals < 0) {
                continue;
            }
            String raw = line.substring(equals + 1).strip();
            if ((raw.startsWith("\"") || raw.startsWith("'")) && closing(raw, raw.charAt(0)) < 0) {
                int start = text.indexOf(raw, end - raw.length() < 0 ? 0 : end - raw.length() - 1);
                int close = closing(text.substring(start), raw.charAt(0));
                if (close < 0) {
                    throw new IOException("a quote that does not end");
                }
                raw = text.substring(start, start + close + 1);
                int rest = text.indexOf('\n', start + close);
                at = rest < 0 ? text.length() : rest + 1;
            }
            String value = value(raw, known);
            length += value.length();
            if (length > MOST) {
                throw new IOException("values over " + MOST + " characters");
            }
            values.put(name, value);
            known.putIfAbsent(name, value);
        }
        return values;
    }

    private static int closing(String text, char quote) {
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && quote == '"') {
                i++;
            } else if (text.charAt(i) == quote) {
                return i;
            }
        }
        return -1;
    }

    private static String value(String raw, Map<String, String> known) throws IOException {
        if (raw.startsWith("'")) {
            return raw.substring(1, closing(raw, '\''));
        }
        String text = raw;
        if (raw.startsWith("\"")) {
            text = raw.substring(1, closing(raw, '"'))
                    .replace("\\n", "\n")
                    .replace("\\r", "\r")
                    .replace("\\t", "\t")
                    .replace("\\\"", "\"")
                    .replace("\\\\", "\\");
        } else {
            int comment = raw.indexOf(" #");
            text = comment < 0 ? raw : raw.substring(0, comment).stripTrailing();
        }
        try {
            return new Variables(known)
                    .substitute(dev.portcullis.workload.FieldPath.ROOT, text)
                    .text();
        } catch (ComposeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
