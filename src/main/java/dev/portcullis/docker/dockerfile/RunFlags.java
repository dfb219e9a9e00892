package dev.portcullis.docker.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The comma-separated values of {@code RUN --mount} and {@code RUN --device}, as far as the parser looks at them. */
final class RunFlags {
    private static final Set<String> BOOLEANS =
            Set.of("1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False");

    private static final List<String> NONE = List.of();

    private RunFlags() {}

    static void mount(String value) throws Misread {
        for (String field : fields(value)) {
            int equals = field.indexOf('=');
            if (equals < 0 || !GoSpace.lower(field.substring(0, equals)).equals("from")) {
                continue;
            }
            int dollar = field.indexOf('$', equals);
            if (dollar >= 0 && dollar != field.length() - 1) {
                throw new Misread("'from' doesn't support variable expansion", "define an alias stage instead");
            }
        }
    }

    /** What the mounts among flags that were checked take their files from. */
    static List<String> mountedFrom(List<String> flags) {
        List<String> all = new ArrayList<>();
        try {
            for (String flag : flags) {
                for (String field : flag.startsWith("--mount=") ? fields(flag.substring("--mount=".length())) : NONE) {
                    if (GoSpace.lower(field).startsWith("from=")) {
                        all.add(field.substring("from=".length()));
                    }
                }
            }
        } catch (Misread unchecked) {
            throw new IllegalStateException("a mount that was not checked", unchecked);
        }
        return all;
    }

    static void device(String value) throws Misread {
        String name = "";
        for (String field : fields(value)) {
            int equals = field.indexOf('=');
            String key = GoSpace.lower(equals < 0 ? field : field.substring(0, equals));
            String said = equals < 0 ? "" : field.substring(equals + 1);
            if (key.equals("required")) {
                if (equals >= 0 && !BOOLEANS.contains(said)) {
                    throw new Misread("invalid value for required of --device", "write true or false");
                }
            } else if (name.isEmpty()) {
                name = equals >= 0 && key.equals("name") ? said : field;
            } else {
                throw new Misread("--device names more than one device", "give the flag once for each");
            }
        }
    }

    /** The fields of one line of CSV. */
    private static List<String> fields(String line) throws Misread {
        String rest = line.replaceFirst("\r?\n\\z", "");
        if (rest.isEmpty()) {
            throw new Misread("a flag of RUN has an empty value", "take it out");
        }
        List<String> fields = new ArrayList<>();
        int at = 0;
        while (at <= rest.length()) {
            StringBuilder field = new StringBuilder();
            if (at < rest.length() && rest.charAt(at) == '"') {
                at = quoted(rest, at + 1, field);
            } else {
                int comma = rest.indexOf(',', at);
                int end = comma < 0 ? rest.length() : comma;
                field.append(rest, at, end);
                at = end;
                if (field.indexOf("\"") >= 0) {
                    throw badQuote();
                }
            }
            fields.add(field.toString());
            at++;
        }
        return fields;
    }

    private static int quoted(String text, int from, StringBuilder field) throws Misread {
        for (int at = from; at < text.length(); at++) {
            if (text.charAt(at) != '"') {
                field.append(text.charAt(at));
            } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                field.append('"');
                at++;
            } else if (at + 1 == text.length() || text.charAt(at + 1) == ',') {
                return at + 1;
            } else {
                throw badQuote();
            }
        }
        throw badQuote();
    }

    private static Misread badQuote() {
        return new Misread("a quote in a flag of RUN is out of place", "quote whole fields, and double quotes in them");
    }
}
