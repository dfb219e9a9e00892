package dev.portcullis.docker.compose;

import dev.portcullis.workload.FieldPath;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Puts variables into texts as {@code compose-go/template} does: {@code $NAME}, {@code ${NAME}} and the forms with
 * {@code :-}, {@code -}, {@code :?}, {@code ?}, {@code :+} and {@code +}, nested; {@code $$} is a dollar sign. Nesting is at most
 * {@value #DEEPEST}, and all texts of a file become at most {@value #MOST} characters.
 */
final class Variables {
    static final int DEEPEST = 32;
    static final int MOST = 8 << 20;

    private static final Pattern NAME = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*+");
    private static final Pattern OPERATOR = Pattern.compile(":?[-+?]");

    private final @Nullable Map<String, String> values;
    private int made;

    /** @param values null where the environment is not known */
    Variables(@Nullable Map<String, String> values) {
        this.values = values;
    }

    /** A variable whose value is not known. */
    private static final class UnknownVariableException extends Exception {
        private static final long serialVersionUID = 1L;
        private final String name;

        UnknownVariableException(String name) {
            super(name, null, false, false);
            this.name = name;
        }
    }

    /** The value of a variable, null where it is not set or not known. */
    @Nullable String value(String name) {
        return values == null ? null : values.get(name);
    }

    /** All that are known. */
    Map<String, String> all() {
        return values == null ? Map.of() : values;
    }

    /** A text with its variables put in. */
    Value substitute(FieldPath path, String text) throws ComposeException {
        if (text.indexOf('$') < 0) {
            return Value.text(path, text);
        }
        try {
            String result = expand(path, text, 0);
            made += result.length();
            if (made > MOST) {
                throw new ComposeException(
                        path, "makes the file too large with its variables", "keep it below " + MOST + " characters");
            }
            return Value.scalar(path, JsonNodeFactory.instance.stringNode(result), text);
        } catch (UnknownVariableException unknown) {
            return Value.unknown(path, unknown(path, unknown.name));
        }
    }

    static String unknown(FieldPath path, String variable) {
        return path.field() + " depends on the variable " + variable
                + ", which is not known here: portcullis check judges it with the environment it runs in";
    }

    private String expand(FieldPath path, String text, int depth) throws ComposeException, UnknownVariableException {
        if (depth > DEEPEST) {
            throw new ComposeException(path, "nests variables too deep", "nest at most " + DEEPEST);
        }
        StringBuilder result = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            if (c != '$') {
                result.append(c);
                i++;
            } else if (next == '$') {
                result.append('$');
                i += 2;
            } else if (next == '{') {
                int end = closing(text, i);
                if (end < 0) {
                    throw invalid(path, text);
                }
                result.append(braced(path, text.substring(i + 2, end), depth));
                i = end + 1;
            } else {
                Matcher name = NAME.matcher(text).region(i + 1, text.length());
                if (name.lookingAt()) {
                    result.append(plain(name.group()));
                    i = name.end();
                } else {
                    result.append(c);
                    i++;
                }
            }
            if (result.length() > MOST) {
                throw new ComposeException(path, "becomes too long", "keep it below " + MOST + " characters");
            }
        }
        return result.toString();
    }

    private String plain(String name) throws UnknownVariableException {
        String value = lookUp(name);
        return value == null ? "" : value;
    }

    private @Nullable String lookUp(String name) throws UnknownVariableException {
        if (values == null) {
            throw new UnknownVariableException(name);
        }
        return values.get(name);
    }

    private String braced(FieldPath path, String inner, int depth) throws ComposeException, UnknownVariableException {
        Matcher name = NAME.matcher(inner);
        if (!name.lookingAt()) {
            throw invalid(path, "${" + inner + "}");
        }
        String variable = name.group();
        String rest = inner.substring(name.end());
        if (rest.isEmpty()) {
            return plain(variable);
        }
        Matcher operator = OPERATOR.matcher(rest);
        if (!operator.lookingAt() || rest.indexOf('\n') >= 0) {
            throw invalid(path, "${" + inner + "}");
        }
        String word = rest.substring(operator.end());
        String value = lookUp(variable);
        boolean present = value != null && !(operator.group().startsWith(":") && value.isEmpty());
        return switch (rest.charAt(operator.end() - 1)) {
            case '-' -> present ? String.valueOf(value) : expand(path, word, depth + 1);
            case '+' -> present ? expand(path, word, depth + 1) : "";
            default -> {
                if (!present) {
                    String message = expand(path, word, depth + 1);
                    throw new ComposeException(
                            path,
                            "requires the variable " + variable + (message.isEmpty() ? "" : " (" + message + ")"),
                            "set it in the environment or in .env");
                }
                yield String.valueOf(value);
            }
        };
    }

    /** The brace that closes the one after the dollar sign at {@code start}, counted as Docker Compose counts. */
    private static int closing(String text, int start) {
        int open = 0;
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) == '}') {
                open--;
                if (open == 0) {
                    return i;
                }
            } else if (text.charAt(i) == '{') {
                open++;
                i++;
            }
        }
        return text.indexOf('}', start) < 0 ? -1 : text.lastIndexOf('}');
    }

    private static ComposeException invalid(FieldPath path, String text) {
        return new ComposeException(
                path,
                "is " + ComposeException.quoted(text) + ", which is no variable",
                "write ${NAME}, or $$ for a dollar sign");
    }
}
