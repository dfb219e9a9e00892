package dev.portcullis.docker.dockerfile;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The comments at the very top that direct the parser: {@code # syntax=}, {@code # escape=} and {@code # check=}. */
final class Directives {
    private static final Pattern DIRECTIVE =
            Pattern.compile("([a-zA-Z][a-zA-Z0-9]*+)[\\t\\n\\f\\r ]*+=[\\t\\n\\f\\r ]*([^\\n]+)");
    private static final Set<String> KNOWN = Set.of("syntax", "escape", "check");

    private final Set<String> seen = new HashSet<>();
    private boolean done;
    private char escape = '\\';

    char escape() {
        return escape;
    }

    /** Looks at the next line, which has no end and no white space before it. */
    void see(String line) throws Misread {
        if (done) {
            return;
        }
        Matcher directive = DIRECTIVE.matcher(line.startsWith("#") ? GoSpace.trimLeft(line.substring(1)) : "");
        String name = directive.matches() ? GoSpace.lower(directive.group(1)) : "";
        if (!KNOWN.contains(name)) {
            done = true;
            return;
        }
        if (!seen.add(name)) {
            throw new Misread("only one " + name + " parser directive can be used", "take one of the two out");
        }
        if (name.equals("escape")) {
            String value = directive.group(2).replaceFirst("[\\t\\n\\f\\r ]+\\z", "");
            if (!value.equals("\\") && !value.equals("`")) {
                throw new Misread("invalid escape token", "use ` or \\");
            }
            escape = value.charAt(0);
        }
    }

    /** Where the line's continuation sign begins, -1 where the next line is none of its own. */
    int continuation(String line) {
        int at = line.length();
        while (at > 0 && (line.charAt(at - 1) == ' ' || line.charAt(at - 1) == '\t')) {
            at--;
        }
        boolean continues = at > 0 && line.charAt(at - 1) == escape && (at == 1 || line.charAt(at - 2) != escape);
        return continues ? at - 1 : -1;
    }
}
